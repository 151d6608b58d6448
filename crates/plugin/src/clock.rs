//! The clock: the only module that reads one.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Returns the current time, for measuring durations.
#[expect(clippy::disallowed_methods, reason = "this is the clock")]
pub fn now() -> Instant {
    Instant::now()
}

/// Returns the time that is `wait` after `start`; for a wait that no clock can count, the time
/// a century after it.
pub fn after(start: Instant, wait: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_hours(100 * 365 * 24);
    start.checked_add(wait).unwrap_or_else(|| start + CENTURY)
}

/// Returns the current time in UTC as `2026-01-31T12:00:00Z`.
#[expect(clippy::disallowed_methods, reason = "this is the clock")]
pub fn timestamp() -> String {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    utc(since)
}

/// Returns a time since 1970 as a date and time in UTC.
fn utc(since: Duration) -> String {
    let seconds = since.as_secs();
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Returns year, month and day of a number of days since 1970. Years are counted from
/// March on, in eras of 400 years, so that leap days come last.
fn civil(days: u64) -> (u64, u64, u64) {
    // the days of the numbers below: 146,097 in 400 years, 36,524 in 100, 1,460 in 4, and 153 in
    // five months from March on
    let days = days + 719_468; // since the first of March of the year 0
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524
        - day_of_era / 146_096)
        / 365;
    let day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_that_no_clock_can_count_is_long() {
        let start = now();
        assert_eq!(
            after(start, Duration::from_secs(5)) - start,
            Duration::from_secs(5)
        );
        let years = (after(start, Duration::MAX) - start).as_secs() / 31_536_000;
        assert_eq!(years, 100);
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        let utc = |seconds| utc(Duration::from_secs(seconds));
        assert_eq!(utc(0), "1970-01-01T00:00:00Z");
        assert_eq!(utc(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(utc(1_735_689_599), "2024-12-31T23:59:59Z");
    }
}
