import SessionInterfaces

/// The stored form: a version (1 byte), the number of guards (1), then for each its key (32), the time of its first use
/// and that of its last failure or 0 (8 each, milliseconds, little-endian).
extension GuardBook {
    static let recordVersion: UInt8 = 1
    private static let entrySize = 48

    var record: [UInt8] {
        let kept = entries.suffix(Self.capacity)
        return [Self.recordVersion, UInt8(kept.count)]
            + kept.flatMap { entry in
                entry.key.bytes.bytes + Self.bytes(entry.firstUsed.milliseconds)
                    + Self.bytes(entry.failed?.milliseconds ?? 0)
            }
    }

    /// Nil for a record that is damaged, or of a later version: a client can always begin afresh.
    ///
    /// A time later than `now` counts as now, so that no guard outlives its age by a clock that was wrong.
    init?(record: [UInt8], at now: Timestamp) {
        guard record.count >= 2, record[0] == Self.recordVersion, record[1] <= Self.capacity,
            record.count == 2 + Int(record[1]) * Self.entrySize
        else { return nil }
        for start in stride(from: 2, to: record.count, by: Self.entrySize) {
            guard let key = Ed25519PublicKey(record[start..<start + 32]), firstUsed(key) == nil else { return nil }
            let firstUsed = Self.timestamp(record[(start + 32)..<(start + 40)])
            let failed = Self.timestamp(record[(start + 40)..<(start + 48)])
            entries.append(
                Entry(
                    key: key, firstUsed: min(firstUsed, now),
                    failed: failed.milliseconds == 0 ? nil : min(failed, now)))
        }
    }

    private static func bytes(_ number: Int64) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { [UInt8]($0) }
    }

    private static func timestamp(_ bytes: ArraySlice<UInt8>) -> Timestamp {
        let number = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Timestamp(milliseconds: Int64(bitPattern: number))
    }
}
