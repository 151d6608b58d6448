//! Reads Zstandard with its checksums verified, frame after frame.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::{
    BlockDecodingStrategy, FrameDecoder,
    errors::{FrameDecoderError, ReadFrameHeaderError},
};

/// A reader of the unpacked bytes of all frames of a source, one after the other.
/// Skippable frames are skipped; a frame whose checksum is not that of its content is an
/// error.
pub(super) struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    in_frame: bool,
}

impl<R: BufRead> Frames<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source,
            decoder: FrameDecoder::new(),
            in_frame: false,
        }
    }

    /// Begins the next frame. Returns whether there is one.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(
                    ReadFrameHeaderError::SkipFrame { length, .. },
                )) => {
                    let mut skipped = self.source.by_ref().take(length.into());
                    io::copy(&mut skipped, &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error.to_string())),
            }
        }
        Ok(false)
    }

    fn check(&self) -> io::Result<()> {
        let wanted = self.decoder.get_checksum_from_data();
        let found = self.decoder.get_calculated_checksum();
        match wanted.zip(found).filter(|(wanted, found)| wanted != found) {
            Some((wanted, found)) => Err(io::Error::other(format!(
                "it is damaged: its checksum is {found:08x}, and it says {wanted:08x}"
            ))),
            None => Ok(()),
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.in_frame && !self.begin()? {
                return Ok(0);
            }
            self.in_frame = true;
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                let decoded = self.decoder.decode_blocks(&mut self.source, one);
                decoded.map_err(|error| io::Error::other(error.to_string()))?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.check()?;
            self.in_frame = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame with a checksum: a raw block of fewer than 256 bytes, as RFC 8878 has it.
    fn frame(content: &[u8], checksum: u32) -> Vec<u8> {
        let length = u8::try_from(content.len()).unwrap();
        let block = (u32::from(length) << 3) | 1; // raw, and the last
        let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0b0010_0100, length];
        frame.extend(&block.to_le_bytes()[..3]);
        frame.extend(content);
        frame.extend(checksum.to_le_bytes());
        frame
    }

    /// XXH64 of `The river rose.`, its lower half.
    const RIVER: u32 = 0xede9_b276;

    fn unpacked(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        Frames::new(bytes).read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn every_frame_is_read_and_its_checksum_verified() {
        let one = frame(b"The river rose.", RIVER);
        let skipped = [0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 7, 7];
        let several = [&one[..], &skipped, &one].concat();
        assert_eq!(
            unpacked(&several).unwrap(),
            "The river rose.The river rose."
        );
        let content = 9..9 + 15;
        for at in content.chain(9 + 15..one.len()) {
            let mut damaged = one.clone();
            damaged[at] ^= 4;
            let refused = unpacked(&damaged).unwrap_err().to_string();
            assert!(refused.contains("its checksum is"), "byte {at}: {refused}");
        }
        for length in 1..one.len() {
            assert!(
                unpacked(&one[..length]).is_err(),
                "{length} bytes were taken"
            );
        }
    }
}
