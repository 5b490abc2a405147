/// The name of a table: 1 to 64 bytes of `a`–`z`, `0`–`9`, `_`, `.` and `-`.
public struct StoreTable: Hashable, Sendable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let name: String

    /// - Throws: `StoreError(.invalidTable)`.
    public init(_ name: String) throws(StoreError) {
        guard Self.isValid(name) else {
            throw StoreError(.invalidTable, "the table name is not 1 to 64 of a-z, 0-9, '_', '.' and '-'")
        }
        self.name = name
    }

    /// A name written in the program; a wrong one is a programming error.
    public init(stringLiteral name: StaticString) {
        let name = "\(name)"
        precondition(Self.isValid(name), "invalid table name")
        self.name = name
    }

    private static func isValid(_ name: String) -> Bool {
        (1...StoreLimits.tableNameSize).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"): true
                default: false
                }
            }
    }

    public var description: String { name }

    public static func < (left: Self, right: Self) -> Bool {
        left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
}
