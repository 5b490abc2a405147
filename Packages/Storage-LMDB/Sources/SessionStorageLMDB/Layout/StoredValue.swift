import Glibc
import SessionInterfaces

/// A value as LMDB keeps it: followed by the checksum of key and value, because LMDB has none.
enum StoredValue {
    static let checksumSize = 8

    /// The value without its checksum, which must be right.
    static func checked(_ stored: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer) throws -> UnsafeRawBufferPointer
    {
        let size = stored.count - checksumSize
        guard size >= 0 else { throw damaged }
        let value = UnsafeRawBufferPointer(rebasing: stored[..<size])
        let checksum = UInt64(littleEndian: stored.loadUnaligned(fromByteOffset: size, as: UInt64.self))
        guard checksum == StoreChecksum.of(key: key, value: value) else { throw damaged }
        return value
    }

    /// Writes `value` and its checksum into `room`, which is as long as both.
    static func write(_ value: [UInt8], key: UnsafeRawBufferPointer, to room: UnsafeMutableRawBufferPointer) {
        value.withUnsafeBytes { value in
            room.copyMemory(from: value)
            let checksum = StoreChecksum.of(key: key, value: value)
            room.storeBytes(of: checksum.littleEndian, toByteOffset: value.count, as: UInt64.self)
        }
    }

    private static var damaged: StoreError { StoreError(.corrupted, "an entry of the store is damaged") }
}
