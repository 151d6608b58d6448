//! Tables through Arrow's C stream interface, which every library of tables reads.
//!
//! <https://arrow.apache.org/docs/format/CStreamInterface.html>: structs of the C ABI, each
//! with a function that releases what it holds. A struct that was moved from has no such
//! function. Buffers are those of the table, which lives as long as any struct that shows
//! them.

use std::{
    ffi::{CString, c_char, c_int, c_void},
    ptr,
    sync::Arc,
};

use super::tables::{Column, Values};

#[repr(C)]
struct Schema {
    format: *const c_char,
    name: *const c_char,
    metadata: *const c_char,
    flags: i64,
    n_children: i64,
    children: *mut *mut Schema,
    dictionary: *mut Schema,
    release: Option<unsafe extern "C" fn(*mut Schema)>,
    private_data: *mut c_void,
}

#[repr(C)]
struct Array {
    length: i64,
    null_count: i64,
    offset: i64,
    n_buffers: i64,
    n_children: i64,
    buffers: *mut *const c_void,
    children: *mut *mut Array,
    dictionary: *mut Array,
    release: Option<unsafe extern "C" fn(*mut Array)>,
    private_data: *mut c_void,
}

/// `struct ArrowArrayStream`, over one table.
#[repr(C)]
pub(crate) struct Stream {
    get_schema: Option<unsafe extern "C" fn(*mut Stream, *mut Schema) -> c_int>,
    get_next: Option<unsafe extern "C" fn(*mut Stream, *mut Array) -> c_int>,
    get_last_error: Option<unsafe extern "C" fn(*mut Stream) -> *const c_char>,
    release: Option<unsafe extern "C" fn(*mut Stream)>,
    private_data: *mut c_void,
}

// SAFETY: what it points to is a `Source`, which holds an `Arc` of plain data and a flag, and
// is reached through this struct alone.
unsafe impl Send for Stream {}

type Table = Arc<Vec<Column>>;

/// What a stream holds.
struct Source {
    table: Table,
    rows: usize,
    is_read: bool,
}

impl Stream {
    /// A stream of one batch with all rows.
    pub(crate) fn of(table: Table, rows: usize) -> Self {
        let source = Box::new(Source {
            table,
            rows,
            is_read: false,
        });
        Self {
            get_schema: Some(get_schema),
            get_next: Some(get_next),
            get_last_error: Some(get_last_error),
            release: Some(release_stream),
            private_data: Box::into_raw(source).cast(),
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // a consumer that took the stream has moved it and left no `release` here
        if let Some(release) = self.release {
            // SAFETY: `self` is a stream that nobody has moved from.
            unsafe { release(self) }
        }
    }
}

unsafe extern "C" fn release_stream(stream: *mut Stream) {
    // SAFETY: the interface calls this once, with a stream whose `private_data` is the box
    // that `Stream::of` gave up.
    unsafe {
        drop(Box::from_raw((*stream).private_data.cast::<Source>()));
        (*stream).private_data = ptr::null_mut();
        (*stream).release = None;
    }
}

unsafe extern "C" fn get_last_error(_: *mut Stream) -> *const c_char {
    ptr::null() // nothing here fails
}

unsafe extern "C" fn get_schema(stream: *mut Stream, out: *mut Schema) -> c_int {
    // SAFETY: the stream is not released, and `out` is room for a struct.
    unsafe {
        let source = &*(*stream).private_data.cast::<Source>();
        out.write(Schema::of_table(&source.table));
    }
    0
}

unsafe extern "C" fn get_next(stream: *mut Stream, out: *mut Array) -> c_int {
    // SAFETY: as in `get_schema`.
    unsafe {
        let source = &mut *(*stream).private_data.cast::<Source>();
        let is_end = std::mem::replace(&mut source.is_read, true);
        out.write(match is_end {
            true => Array::end(),
            false => Array::of_table(&source.table, source.rows),
        });
    }
    0
}

/// What a schema holds.
struct Names {
    name: CString,
    children: Vec<*mut Schema>,
}

/// A value of the field may be unknown.
const NULLABLE: i64 = 2;

impl Schema {
    fn of_table(table: &Table) -> Self {
        let children = table.iter().map(Self::of_column);
        let children = children
            .map(|child| Box::into_raw(Box::new(child)))
            .collect();
        Self::of(c"+s".as_ptr(), "", 0, children)
    }

    fn of_column(column: &Column) -> Self {
        let format = match column.values {
            Values::Text { .. } => c"U",
            Values::Whole(_) => c"l",
            Values::Real(_) => c"g",
        };
        Self::of(format.as_ptr(), &column.name, NULLABLE, Vec::new())
    }

    fn of(
        format: *const c_char,
        name: &str,
        flags: i64,
        children: Vec<*mut Self>,
    ) -> Self {
        let name = CString::new(name.replace('\0', "")).unwrap_or_default();
        let mut names = Box::new(Names { name, children });
        Self {
            format,
            name: names.name.as_ptr(),
            metadata: ptr::null(),
            flags,
            n_children: names.children.len() as i64,
            children: names.children.as_mut_ptr(),
            dictionary: ptr::null_mut(),
            release: Some(release_schema),
            private_data: Box::into_raw(names).cast(),
        }
    }
}

unsafe extern "C" fn release_schema(schema: *mut Schema) {
    // SAFETY: the interface calls this once, with a schema whose `private_data` is the box
    // that `Schema::of` gave up; a child that was moved from has no `release`.
    unsafe {
        let names = Box::from_raw((*schema).private_data.cast::<Names>());
        for child in &names.children {
            if let Some(release) = (**child).release {
                release(*child);
            }
            drop(Box::from_raw(*child));
        }
        (*schema).private_data = ptr::null_mut();
        (*schema).release = None;
    }
}

/// What an array holds.
struct Held {
    _table: Table,
    buffers: Vec<*const c_void>,
    children: Vec<*mut Array>,
}

impl Array {
    fn of_table(table: &Table, rows: usize) -> Self {
        let child = |at| Box::into_raw(Box::new(Self::of_column(table, at)));
        let children = (0..table.len()).map(child).collect();
        Self::of(table, rows, 0, vec![ptr::null()], children)
    }

    fn of_column(table: &Table, at: usize) -> Self {
        let column = &table[at];
        let (rows, values): (usize, Vec<*const c_void>) = match &column.values {
            Values::Text { ends, bytes } => (
                ends.len() - 1,
                vec![ends.as_ptr().cast(), bytes.as_ptr().cast()],
            ),
            Values::Whole(values) => (values.len(), vec![values.as_ptr().cast()]),
            Values::Real(values) => (values.len(), vec![values.as_ptr().cast()]),
        };
        let unknown = column.validity.unknown;
        let validity = match unknown {
            0 => ptr::null(),
            _ => column.validity.bits.as_ptr().cast(),
        };
        let buffers = std::iter::once(validity).chain(values).collect();
        Self::of(table, rows, unknown, buffers, Vec::new())
    }

    fn of(
        table: &Table,
        rows: usize,
        unknown: usize,
        buffers: Vec<*const c_void>,
        children: Vec<*mut Self>,
    ) -> Self {
        let mut held = Box::new(Held {
            _table: Arc::clone(table),
            buffers,
            children,
        });
        Self {
            length: rows as i64,
            null_count: unknown as i64,
            offset: 0,
            n_buffers: held.buffers.len() as i64,
            n_children: held.children.len() as i64,
            buffers: held.buffers.as_mut_ptr(),
            children: held.children.as_mut_ptr(),
            dictionary: ptr::null_mut(),
            release: Some(release_array),
            private_data: Box::into_raw(held).cast(),
        }
    }

    /// What stands behind the last batch: a released array.
    fn end() -> Self {
        Self {
            length: 0,
            null_count: 0,
            offset: 0,
            n_buffers: 0,
            n_children: 0,
            buffers: ptr::null_mut(),
            children: ptr::null_mut(),
            dictionary: ptr::null_mut(),
            release: None,
            private_data: ptr::null_mut(),
        }
    }
}

unsafe extern "C" fn release_array(array: *mut Array) {
    // SAFETY: as in `release_schema`, with the box that `Array::of` gave up.
    unsafe {
        let held = Box::from_raw((*array).private_data.cast::<Held>());
        for child in &held.children {
            if let Some(release) = (**child).release {
                release(*child);
            }
            drop(Box::from_raw(*child));
        }
        (*array).private_data = ptr::null_mut();
        (*array).release = None;
    }
}
