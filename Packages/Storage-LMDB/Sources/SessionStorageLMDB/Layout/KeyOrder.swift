import Glibc

extension UnsafeRawBufferPointer {
    /// Byte order; a key comes before the longer ones that begin with it.
    func precedes(_ other: UnsafeRawBufferPointer) -> Bool {
        guard let left = baseAddress, let right = other.baseAddress else { return count < other.count }
        let difference = memcmp(left, right, Swift.min(count, other.count))
        return difference == 0 ? count < other.count : difference < 0
    }
}
