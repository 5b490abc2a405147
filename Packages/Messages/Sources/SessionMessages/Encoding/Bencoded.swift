/// A value in bencoding: integers, byte strings, lists, and dictionaries whose keys stand in byte order.
indirect enum Bencoded: Equatable {
    case integer(Int64)
    case bytes([UInt8])
    case list([Bencoded])
    /// Keys are unique.
    case dictionary([Entry])

    struct Entry: Equatable {
        let key: [UInt8]
        let value: Bencoded

        init(_ key: String, _ value: Bencoded) { self.init(Array(key.utf8), value) }

        init(_ key: [UInt8], _ value: Bencoded) {
            self.key = key
            self.value = value
        }
    }

    subscript(key: String) -> Bencoded? {
        guard case .dictionary(let entries) = self else { return nil }
        return entries.first { $0.key.elementsEqual(key.utf8) }?.value
    }

    var integer: Int64? {
        guard case .integer(let value) = self else { return nil }
        return value
    }

    var bytes: [UInt8]? {
        guard case .bytes(let value) = self else { return nil }
        return value
    }

    /// The canonical form: keys in byte order, whatever order the entries have.
    var encoded: [UInt8] {
        var output: [UInt8] = []
        encode(into: &output)
        return output
    }

    private func encode(into output: inout [UInt8]) {
        switch self {
        case .integer(let value): output += "i\(value)e".utf8
        case .bytes(let value): Self.encode(value, into: &output)
        case .list(let values):
            output += "l".utf8
            for value in values { value.encode(into: &output) }
            output += "e".utf8
        case .dictionary(let entries):
            output += "d".utf8
            for entry in entries.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                Self.encode(entry.key, into: &output)
                entry.value.encode(into: &output)
            }
            output += "e".utf8
        }
    }

    private static func encode(_ bytes: [UInt8], into output: inout [UInt8]) {
        output.reserveCapacity(output.count + bytes.count + 8)
        output += "\(bytes.count):".utf8
        output += bytes
    }
}
