extension Bencoded {
    /// The canonical form: shortest numbers, keys in byte order.
    public var encoded: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(greatestByteCount)
        write(to: &output)
        return output
    }

    private func write(to output: inout [UInt8]) {
        switch self {
        case .integer(let value):
            output += "i\(value)e".utf8
        case .bytes(let value):
            Self.write(value, to: &output)
        case .list(let values):
            output.append(UInt8(ascii: "l"))
            for value in values { value.write(to: &output) }
            output.append(UInt8(ascii: "e"))
        case .dictionary(let entries):
            output.append(UInt8(ascii: "d"))
            for entry in entries.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                Self.write(entry.key, to: &output)
                entry.value.write(to: &output)
            }
            output.append(UInt8(ascii: "e"))
        }
    }

    private static func write(_ bytes: [UInt8], to output: inout [UInt8]) {
        output += "\(bytes.count):".utf8
        output += bytes
    }

    /// No less than what the encoded form takes, and not much more.
    private var greatestByteCount: Int {
        switch self {
        case .integer: 22
        case .bytes(let value): value.count + 20
        case .list(let values): values.reduce(2) { $0 + $1.greatestByteCount }
        case .dictionary(let entries): entries.reduce(2) { $0 + $1.key.count + 20 + $1.value.greatestByteCount }
        }
    }
}
