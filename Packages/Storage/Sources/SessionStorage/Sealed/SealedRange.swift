import SessionInterfaces

/// A range of keys as it lies in a sealed table.
///
/// The more parts its bounds have in common, the less has to be read: a range inside of one identifier is a range of the
/// numbers that follow. Where order has been lost to hashes, entries are read as a group and sorted.
struct SealedRange {
    /// What to read.
    let stored: KeyRange
    /// Entries whose stored keys have so many first bytes in common are a group; nil when all are one.
    let groupSize: Int?
    /// Whether it is all of what is to be read.
    let isExact: Bool

    private init(stored: KeyRange, groupSize: Int?, isExact: Bool) {
        self.stored = stored
        self.groupSize = groupSize
        self.isExact = isExact
    }

    /// Nil when no key is in the range.
    static func of(_ range: KeyRange, in seal: TableSeal) -> SealedRange? {
        let lower = range.lower ?? []
        if let upper = range.upper, !lower.lexicographicallyPrecedes(upper) { return nil }
        let common = commonParts(range, lower, seal)
        let (parts, end) = seal.storedParts(of: lower, upTo: common)
        let numbers = seal.layout.numberSize(from: parts.count)
        let everything = KeyRange.prefix(parts.stored)
        let rest = Array(lower[end...])
        let upperRest = self.rest(of: range.upper, behind: Array(lower[..<end]))
        guard numbers > 0 else {
            return SealedRange(stored: everything, groupSize: nil, isExact: rest.isEmpty && upperRest == nil)
        }
        var upper = everything.upper
        if let upperRest {
            let bound = parts.stored + upperRest.prefix(numbers)
            upper = upperRest.count <= numbers ? bound : KeyRange.prefix(bound).upper
        }
        return SealedRange(
            stored: KeyRange(from: parts.stored + rest.prefix(numbers), upTo: upper),
            groupSize: parts.stored.count + numbers,
            isExact: rest.count <= numbers && (upperRest?.count ?? 0) <= numbers)
    }

    /// What follows `prefix` in `bound`; nil when it does not begin with that, because it lies behind all that do.
    private static func rest(of bound: [UInt8]?, behind prefix: [UInt8]) -> [UInt8]? {
        guard let bound, bound.starts(with: prefix) else { return nil }
        return Array(bound[prefix.count...])
    }

    /// How many bytes of the lower bound are whole parts that every key of the range begins with.
    private static func commonParts(_ range: KeyRange, _ lower: [UInt8], _ seal: TableSeal) -> Int {
        var (index, common) = (0, 0)
        while let end = seal.layout.end(ofPart: index, from: common, in: lower) {
            if let limit = KeyRange.prefix(Array(lower[..<end])).upper {
                guard let upper = range.upper, !limit.lexicographicallyPrecedes(upper) else { break }
            }
            (index, common) = (index + 1, end)
        }
        return common
    }
}
