/// A value in bencoding: an integer, a byte string, a list, or a dictionary whose keys stand in byte order.
/// Follows protocol document 03, section 1.
public enum Bencoded: Hashable, Sendable {
    case integer(Int64)
    case bytes([UInt8])
    case list([Bencoded])
    /// Keys are unique. They are written in byte order, whatever order the entries have.
    case dictionary([Entry])

    /// A key of a dictionary and what it stands for.
    public struct Entry: Hashable, Sendable {
        public let key: [UInt8]
        public let value: Bencoded

        public init(_ key: String, _ value: Bencoded) { self.init(Array(key.utf8), value) }

        public init(_ key: [UInt8], _ value: Bencoded) {
            self.key = key
            self.value = value
        }
    }

    /// A list of byte strings.
    public static func strings(_ strings: [[UInt8]]) -> Bencoded { .list(strings.map(Bencoded.bytes)) }

    /// What `key` stands for; nil when it is absent, and for anything but a dictionary.
    public subscript(key: String) -> Bencoded? {
        guard case .dictionary(let entries) = self else { return nil }
        return entries.first { $0.key.elementsEqual(key.utf8) }?.value
    }

    /// The number; nil for anything but an integer.
    public var integer: Int64? {
        guard case .integer(let value) = self else { return nil }
        return value
    }

    /// The bytes; nil for anything but a byte string.
    public var bytes: [UInt8]? {
        guard case .bytes(let value) = self else { return nil }
        return value
    }

    /// The elements; nil for anything but a list.
    public var list: [Bencoded]? {
        guard case .list(let values) = self else { return nil }
        return values
    }

    /// The byte strings of a list that holds nothing else; nil for anything but that.
    public var strings: [[UInt8]]? {
        guard let list else { return nil }
        let strings = list.compactMap(\.bytes)
        return strings.count == list.count ? strings : nil
    }
}
