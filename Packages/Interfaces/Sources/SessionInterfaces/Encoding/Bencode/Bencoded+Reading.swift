extension Bencoded {
    /// The most values that are read unless the caller says otherwise.
    public static let usualMaximumCount = 1 << 16

    /// Reads one value that takes up all of `encoded`.
    ///
    /// - Parameters:
    ///   - encoded: Any bytes: they may come from anyone.
    ///   - tolerances: What is read beside the canonical form.
    ///   - maximumCount: The most values, counting lists and dictionaries themselves, that are read: memory stays in
    ///     proportion to this and to the input.
    /// - Returns: nil when `encoded` is damaged, in a form that is not tolerated, has more values than that, or is
    ///   nested more than `BencodeReader.greatestDepth` deep.
    public init?(
        _ encoded: [UInt8], tolerating tolerances: BencodeReader.Tolerances = [],
        maximumCount: Int = Self.usualMaximumCount
    ) {
        var reader = BencodeReader(encoded, tolerating: tolerances)
        var allowance = maximumCount
        guard let value = reader.value(&allowance, depth: 0),
            reader.isAtEnd || tolerances.contains(.trailingBytes)
        else { return nil }
        self = value
    }
}

extension BencodeReader {
    /// Reads the value that begins here, with all that it holds; nil as `Bencoded.init` says, and then the reader
    /// stands anywhere.
    public mutating func value(maximumCount: Int = Bencoded.usualMaximumCount) -> Bencoded? {
        var allowance = maximumCount
        return value(&allowance, depth: 0)
    }

    fileprivate mutating func value(_ allowance: inout Int, depth: Int) -> Bencoded? {
        guard depth < Self.greatestDepth, allowance > 0 else { return nil }
        allowance -= 1
        switch next {
        case .integer: return integer().map(Bencoded.integer)
        case .string: return string().map(Bencoded.bytes)
        case .list: return list(&allowance, depth: depth)
        case .dictionary: return dictionary(&allowance, depth: depth)
        case .end, nil: return nil
        }
    }

    private mutating func list(_ allowance: inout Int, depth: Int) -> Bencoded? {
        guard enterList() else { return nil }
        var values: [Bencoded] = []
        while !leave() {
            guard let value = value(&allowance, depth: depth + 1) else { return nil }
            values.append(value)
        }
        return .list(values)
    }

    private mutating func dictionary(_ allowance: inout Int, depth: Int) -> Bencoded? {
        guard enterDictionary() else { return nil }
        var entries: [Bencoded.Entry] = []
        while !leave() {
            guard let key = string(), let value = value(&allowance, depth: depth + 1) else { return nil }
            guard entries.last.map({ $0.key.lexicographicallyPrecedes(key) }) ?? true else {
                guard tolerances.contains(.disorderedKeys) else { return nil }
                continue
            }
            entries.append(.init(key, value))
        }
        return .dictionary(entries)
    }
}
