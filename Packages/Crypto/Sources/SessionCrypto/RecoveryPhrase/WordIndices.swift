import CSodium

/// The places of a phrase's words in their list: the secret itself, to be wiped after use.
struct WordIndices: RandomAccessCollection {
    private static let base = UInt64(WordList.count)
    private var indices: [Int] = []

    /// - Parameter capacity: the most indices there can be; growing beyond would leave a copy behind.
    init(capacity: Int) { indices.reserveCapacity(capacity) }

    var startIndex: Int { 0 }
    var endIndex: Int { indices.count }
    subscript(position: Int) -> Int { indices[position] }

    mutating func append(_ index: Int) { indices.append(index) }

    /// Appends the three words of `value`.
    mutating func append(_ value: UInt32) {
        let value = UInt64(value)
        let first = value % Self.base
        let second = (value / Self.base + first) % Self.base
        let third = (value / Self.base / Self.base + second) % Self.base
        for index in [first, second, third] { append(Int(index)) }
    }

    /// The value of the three words from `position` on; nil when it exceeds 32 bits.
    func value(at position: Int) -> UInt32? {
        let (first, second, third) = (
            UInt64(indices[position]), UInt64(indices[position + 1]), UInt64(indices[position + 2])
        )
        let middle = (Self.base - first + second) % Self.base
        let high = (Self.base - second + third) % Self.base
        return UInt32(exactly: first + middle * Self.base + high * Self.base * Self.base)
    }

    /// The index that has to be repeated at the end of all these.
    /// - Parameter prefixLength: how many characters of each word count.
    func checksum(in words: WordList, prefixLength: Int) -> Int {
        var crc = CRC32()
        for index in indices { crc.update(words.prefix(at: index, length: prefixLength).utf8) }
        return indices[Int(crc.value) % indices.count]
    }

    mutating func wipe() {
        indices.withUnsafeMutableBytes { sodium_memzero($0.baseAddress, $0.count) }
        indices = []
    }
}
