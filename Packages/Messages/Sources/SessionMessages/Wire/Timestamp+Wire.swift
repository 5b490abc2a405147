import SessionInterfaces

/// Times as protobufs carry them: unsigned, and 0 for none.
///
/// Times after the year 9999 count as none: they are nobody's, and sums with them could overflow.
extension Timestamp {
    private static let wireMilliseconds: ClosedRange<UInt64> = 1...253_402_300_799_999

    init?(wireMilliseconds: UInt64) {
        guard Self.wireMilliseconds.contains(wireMilliseconds) else { return nil }
        self.init(milliseconds: Int64(wireMilliseconds))
    }

    init?(wireSeconds: UInt64) {
        guard wireSeconds <= Self.wireMilliseconds.upperBound / 1000 else { return nil }
        self.init(wireMilliseconds: wireSeconds * 1000)
    }

    /// - Throws: `MessagesError` with `invalidTimestamp`.
    func wireMilliseconds() throws(MessagesError) -> UInt64 {
        guard let value = UInt64(exactly: milliseconds), Self.wireMilliseconds.contains(value) else {
            throw MessagesError(.invalidTimestamp, "the time is not between 1970 and the year 9999")
        }
        return value
    }

    /// Rounded down to whole seconds.
    /// - Throws: `MessagesError` with `invalidTimestamp`.
    func wireSeconds() throws(MessagesError) -> UInt64 { try wireMilliseconds() / 1000 }
}
