import Glibc

extension UnsafeRawBufferPointer {
    /// Byte order; a key comes before the longer ones that begin with it.
    func precedes(_ other: [UInt8]) -> Bool {
        let difference = other.withUnsafeBytes { other -> CInt in
            guard let left = baseAddress, let right = other.baseAddress else { return 0 }
            return memcmp(left, right, Swift.min(count, other.count))
        }
        return difference == 0 ? count < other.count : difference < 0
    }
}
