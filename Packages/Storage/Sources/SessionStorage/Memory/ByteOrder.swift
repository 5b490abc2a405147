import Glibc

/// Where one key lies with respect to another.
enum ByteOrder {
    case before
    case same
    case after
}

extension [UInt8] {
    /// Byte order; a key comes before the longer ones that begin with it.
    func order(to other: [UInt8]) -> ByteOrder {
        let common = Swift.min(count, other.count)
        let difference = withUnsafeBytes { left in
            other.withUnsafeBytes { right in
                guard let left = left.baseAddress, let right = right.baseAddress else { return Int32(0) }
                return memcmp(left, right, common)
            }
        }
        let order = difference == 0 ? count - other.count : Int(difference)
        return order == 0 ? .same : order < 0 ? .before : .after
    }
}
