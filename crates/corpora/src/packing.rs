//! How a file is packed, and its bytes without that.

#[cfg(feature = "archives")]
mod zst;

use std::io::{self, BufRead, Read};

/// How a file is packed, which its first bytes show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    None,
    Gz,
    Zst,
}

impl Packing {
    /// Returns how a file that begins with these bytes is packed.
    pub(super) fn of(beginning: &[u8]) -> Self {
        match beginning {
            [0x1f, 0x8b, ..] => Self::Gz,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Self::Zst,
            _ => Self::None,
        }
    }

    /// Returns the name of a file without the ending that says that it is packed.
    pub(super) fn stripped(name: &str) -> &str {
        name.strip_suffix(".gz")
            .or_else(|| name.strip_suffix(".zst"))
            .unwrap_or(name)
    }

    /// Returns a reader of the unpacked bytes.
    ///
    /// # Errors
    /// Returns an error if the file is packed and the crate is built without `archives`.
    #[cfg_attr(
        feature = "archives",
        expect(clippy::unnecessary_wraps, reason = "without the feature it fails")
    )]
    pub(super) fn unpacking(
        self,
        packed: impl BufRead + Send + 'static,
    ) -> io::Result<Box<dyn Read + Send>> {
        match self {
            Self::None => Ok(Box::new(packed)),
            #[cfg(feature = "archives")]
            Self::Gz => Ok(Box::new(flate2::bufread::MultiGzDecoder::new(packed))),
            #[cfg(feature = "archives")]
            Self::Zst => Ok(Box::new(zst::Frames::new(packed))),
            #[cfg(not(feature = "archives"))]
            Self::Gz | Self::Zst => {
                Err(io::Error::other("built without the feature `archives`"))
            }
        }
    }
}
