//! Room on the disk on the wire.

use poem_openapi::Object;

use crate::app::watching::DiskRoom;

/// How much room there is on the disk with the data.
#[derive(Debug, Clone, Object)]
#[oai(rename = "DiskRoom")]
pub struct DiskRoomView {
    /// `ok`, `low`, or `full`: uploads stop, and go on by themselves when there is room.
    pub state: String,
    /// Bytes that uploads may still use.
    pub free_bytes: u64,
    /// Size of the disk.
    pub total_bytes: u64,
    /// What to do, where something is to be done.
    #[oai(skip_serializing_if_is_none)]
    pub message: Option<String>,
}

impl From<DiskRoom> for DiskRoomView {
    fn from(room: DiskRoom) -> Self {
        let (state, message) = if room.is_full() {
            let full = "The disk with the PDFs is full. Uploads and readings wait; they go on by themselves when there is room.";
            ("full", Some(full.to_owned()))
        } else if room.is_low() {
            let left = room.free_bytes >> 20;
            ("low", Some(format!("Only {left} MB are left for PDFs on the disk. Make room before uploads stop.")))
        } else {
            ("ok", None)
        };
        Self { state: state.to_owned(), free_bytes: room.free_bytes, total_bytes: room.total_bytes, message }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_said_with_what_happens() {
        let state = |free_bytes| DiskRoomView::from(DiskRoom { free_bytes, total_bytes: 1 << 30 });
        assert_eq!((state(1 << 29).state.as_str(), state(1 << 29).message), ("ok", None));
        assert_eq!(state(20 << 20).state, "low");
        assert!(state(20 << 20).message.unwrap().contains("20 MB"));
        assert_eq!(state(0).state, "full");
        assert!(state(0).message.unwrap().contains("by themselves"));
    }
}
