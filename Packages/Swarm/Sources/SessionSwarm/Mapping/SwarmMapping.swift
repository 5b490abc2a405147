public import SessionInterfaces

/// Which swarm serves which account: the nearest on a ring of 2^64 positions.
/// Follows protocol document 02, section 3.1.
public enum SwarmMapping {
    /// Where the account lies on the ring. Only the 32 bytes of its key decide, not the prefix.
    public static func position(of account: AccountID) -> UInt64 {
        account.key.withUnsafeBytes { bytes in
            stride(from: 0, to: Bytes32.byteCount, by: 8).reduce(0) { position, offset in
                position ^ UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            }
        }
    }

    /// The swarm nearest to the account; of two equally near ones the lower. Nil when there is none.
    /// - Parameter sortedIDs: ascending; `.unassigned` is no swarm and is left out.
    public static func swarm(of account: AccountID, among sortedIDs: [SwarmID]) -> SwarmID? {
        let ids = sortedIDs.last == .unassigned ? sortedIDs.dropLast() : sortedIDs[...]
        guard let first = ids.first, let last = ids.last else { return nil }
        let position = position(of: account)
        let index = lowerBound(of: position, in: ids)
        let right = index < ids.endIndex ? ids[index] : first
        let left = index > ids.startIndex ? ids[index - 1] : last
        let distanceRight = right.rawValue &- position
        let distanceLeft = position &- left.rawValue
        return distanceRight < distanceLeft ? right : left
    }

    /// Index of the first ID that is not below `position`.
    private static func lowerBound(of position: UInt64, in ids: ArraySlice<SwarmID>) -> Int {
        var low = ids.startIndex
        var high = ids.endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if ids[middle].rawValue < position {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
