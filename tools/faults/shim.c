/* A library that is loaded before libc (LD_PRELOAD) and makes one system call fail.
 *
 * FAULT_AT=n       the n-th call counts, from 1: of write, rename, fsync, truncate, mkdir, unlink,
 *                  and open for writing, of files that are no pipe and no terminal
 * FAULT_DO=what    kill: SIGKILL before the call; after: SIGKILL after it; enospc, eio, edquot:
 *                  the call fails once; full: it and all later writes fail with ENOSPC;
 *                  short: half of it is written; torn: half of it is written, then SIGKILL;
 *                  eintr: it is interrupted once
 * FAULT_CLOCK=s    the time of day is s seconds off from the n-th look at it on
 * FAULT_LOG=file   the number of calls is written there at the end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static atomic_long calls, looks;
static atomic_int is_full;
static long at = -1, clock_off;
static const char *what = "";

__attribute__((constructor)) static void begin(void) {
    const char *text = getenv("FAULT_AT");
    at = text ? atol(text) : -1;
    what = getenv("FAULT_DO") ? getenv("FAULT_DO") : "";
    clock_off = getenv("FAULT_CLOCK") ? atol(getenv("FAULT_CLOCK")) : 0;
}

__attribute__((destructor)) static void finish(void) {
    const char *path = getenv("FAULT_LOG");
    int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
    ssize_t (*real_write)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    if (path) {
        char text[32];
        int length = snprintf(text, sizeof text, "%ld\n", atomic_load(&calls));
        int file = real_open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
        if (file >= 0) real_write(file, text, length);
    }
}

static void die(void) { kill(getpid(), SIGKILL); }

/* Whether the call that is made now is the one; -1 with errno if it must fail. */
static int now(void) {
    long number = atomic_fetch_add(&calls, 1) + 1;
    if (number != at) return 0;
    if (!strcmp(what, "kill")) die();
    if (!strcmp(what, "eio")) { errno = EIO; return -1; }
    if (!strcmp(what, "enospc")) { errno = ENOSPC; return -1; }
    if (!strcmp(what, "edquot")) { errno = EDQUOT; return -1; }
    if (!strcmp(what, "full")) { atomic_store(&is_full, 1); errno = ENOSPC; return -1; }
    return 1;
}

static int is_file(int fd) {
    struct stat found;
    return !fstat(fd, &found) && S_ISREG(found.st_mode);
}

#define REAL(name, type, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, name)
#define AROUND(call) do { int turn = now(); if (turn < 0) return -1; int result = (call); \
    if (turn && !strcmp(what, "after")) { die(); } return result; } while (0)

ssize_t write(int fd, const void *data, size_t size) {
    REAL("write", ssize_t, int, const void *, size_t);
    if (!is_file(fd)) return real(fd, data, size);
    if (atomic_load(&is_full)) { errno = ENOSPC; return -1; }
    int turn = now();
    if (turn < 0) return -1;
    if (turn && !strcmp(what, "eintr")) { errno = EINTR; return -1; }
    if (turn && (!strcmp(what, "short") || !strcmp(what, "torn"))) {
        ssize_t written = real(fd, data, size > 1 ? size / 2 : size);
        if (!strcmp(what, "torn")) die();
        return written;
    }
    ssize_t written = real(fd, data, size);
    if (turn && !strcmp(what, "after")) die();
    return written;
}

int rename(const char *from, const char *to) {
    REAL("rename", int, const char *, const char *);
    AROUND(real(from, to));
}
int fsync(int fd) { REAL("fsync", int, int); AROUND(real(fd)); }
int fdatasync(int fd) { REAL("fdatasync", int, int); AROUND(real(fd)); }
int ftruncate(int fd, off_t size) { REAL("ftruncate", int, int, off_t); AROUND(real(fd, size)); }
int ftruncate64(int fd, off64_t size) { REAL("ftruncate64", int, int, off64_t); AROUND(real(fd, size)); }
int mkdir(const char *path, mode_t mode) { REAL("mkdir", int, const char *, mode_t); AROUND(real(path, mode)); }
int unlink(const char *path) { REAL("unlink", int, const char *); AROUND(real(path)); }
int rmdir(const char *path) { REAL("rmdir", int, const char *); AROUND(real(path)); }

static int opened(const char *name, const char *path, int flags, mode_t mode) {
    int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, name);
    if (!(flags & (O_WRONLY | O_RDWR | O_CREAT)) || !strncmp(path, "/dev/", 5))
        return real(path, flags, mode);
    if (atomic_load(&is_full) && (flags & O_CREAT)) { errno = ENOSPC; return -1; }
    AROUND(real(path, flags, mode));
}
static mode_t mode_of(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; }
int open(const char *path, int flags, ...) {
    va_list rest; va_start(rest, flags); mode_t mode = mode_of(flags, rest); va_end(rest);
    return opened("open", path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    va_list rest; va_start(rest, flags); mode_t mode = mode_of(flags, rest); va_end(rest);
    return opened("open64", path, flags, mode);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    REAL("clock_gettime", int, clockid_t, struct timespec *);
    int result = real(clock, time);
    if (clock_off && clock == CLOCK_REALTIME && atomic_fetch_add(&looks, 1) + 1 >= at)
        time->tv_sec += clock_off;
    return result;
}
