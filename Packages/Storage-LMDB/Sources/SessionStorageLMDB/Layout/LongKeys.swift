import SessionInterfaces

/// The keys of one table that have their first 509 bytes in common, in order: for each the rest of its bytes, and the
/// number under which its value is kept.
///
/// LMDB would not take such keys. Under their common bytes the list stands exactly where they belong in the order. Its
/// cost grows with the number of such keys, which is nearly always one.
struct LongKeys {
    struct Element {
        let rest: [UInt8]
        let number: UInt64
    }

    private(set) var elements: [Element] = []

    init() {}

    init(stored bytes: UnsafeRawBufferPointer) throws {
        var remaining = bytes[...]
        while !remaining.isEmpty {
            guard let size = Self.take(2, from: &remaining).map({ Int(UInt16(bigEndian: $0)) }),
                let rest = Self.take(size, from: &remaining),
                let number = Self.take(8, from: &remaining)
            else { throw StoreError(.corrupted, "a list of long keys is damaged") }
            elements.append(Element(rest: Array(rest), number: UInt64(bigEndian: number)))
        }
    }

    var stored: [UInt8] {
        elements.reduce(into: []) { bytes, element in
            bytes += UInt16(element.rest.count).bigEndianBytes
            bytes += element.rest
            bytes += element.number.bigEndianBytes
        }
    }

    func number(of rest: ArraySlice<UInt8>) -> UInt64? {
        elements.first { $0.rest[...] == rest }?.number
    }

    mutating func insert(_ rest: ArraySlice<UInt8>, number: UInt64) {
        let position = elements.firstIndex { rest.lexicographicallyPrecedes($0.rest) } ?? elements.endIndex
        elements.insert(Element(rest: Array(rest), number: number), at: position)
    }

    mutating func remove(_ rest: ArraySlice<UInt8>) {
        elements.removeAll { $0.rest[...] == rest }
    }

    private static func take(_ count: Int, from bytes: inout Slice<UnsafeRawBufferPointer>)
        -> Slice<UnsafeRawBufferPointer>?
    {
        guard count <= bytes.count else { return nil }
        defer { bytes.removeFirst(count) }
        return bytes.prefix(count)
    }
}
