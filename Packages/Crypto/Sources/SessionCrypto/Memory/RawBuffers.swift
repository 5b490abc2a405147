extension UnsafeRawBufferPointer {
    /// The bytes as C functions take them. Not null even for an empty buffer without address: there nothing is read.
    var bytes: UnsafePointer<UInt8> { (baseAddress ?? nowhere).assumingMemoryBound(to: UInt8.self) }
}

extension UnsafeMutableRawBufferPointer {
    /// The bytes as C functions take them. Not null even for an empty buffer without address: there nothing is written.
    var bytes: UnsafeMutablePointer<UInt8> {
        (baseAddress ?? UnsafeMutableRawPointer(mutating: nowhere)).assumingMemoryBound(to: UInt8.self)
    }

    /// The part from `offset` on.
    func from(_ offset: Int) -> UnsafeMutableRawBufferPointer { .init(rebasing: self[offset...]) }
}

// Any number but zero is an address.
private var nowhere: UnsafeRawPointer { UnsafeRawPointer(bitPattern: 1)! }
