import Glibc
import SessionInterfaces

/// Checks a data file page by page, without LMDB.
///
/// LMDB trusts its file: it follows page numbers, offsets and sizes wherever they lead, even out of the map. So none of
/// its functions sees a file that has not been left as it is by the last holder, until every page that can be reached
/// has been found sound, and every entry has the checksum it should have.
///
/// The layout is that of LMDB's data format 1 on 64-bit machines, as `liblmdb` 0.9 writes it.
struct DataFileCheck {
    let pages: PageMap
    let meta: MetaPage
    /// One bit for each page: in use, or listed as free.
    private var taken: [UInt64]

    /// - Throws: `StoreError`: `.corrupted`, `.unsupportedVersion` for a store of another format, `.inaccessible`.
    static func run(_ path: String) throws {
        try PageMap.withFile(path) { bytes in
            let meta = try MetaPage.newest(in: bytes)
            let pages = PageMap(bytes: bytes, pageSize: meta.pageSize, last: meta.lastPage)
            var check = DataFileCheck(pages: pages, meta: meta)
            try check.checkEntries()
            try check.checkFreePages()
        }
    }

    private init(pages: PageMap, meta: MetaPage) {
        self.pages = pages
        self.meta = meta
        taken = [UInt64](repeating: 0, count: Int(pages.count / 64) + 1)
    }

    private mutating func checkEntries() throws {
        var entries: UInt64 = 0
        try walk(meta.main) { key, value in
            entries += 1
            guard key.elementsEqual(StoredKey.format) else { return _ = try StoredValue.checked(value, key: key) }
            try StoreFormat.check(value)
        }
        guard entries == meta.main.entries else { throw Self.damaged("counts its entries wrongly") }
    }

    /// A page that is free as well as in use would be overwritten some day.
    private mutating func checkFreePages() throws {
        var newest: UInt64 = 0
        var lists: [UnsafeRawBufferPointer] = []
        try walk(meta.free) { key, value in
            guard key.count == 8, value.count >= 8, value.count % 8 == 0 else {
                throw Self.damaged("lists no free pages")
            }
            newest = key.loadUnaligned(as: UInt64.self)
            lists.append(value)
        }
        guard newest <= meta.transaction else { throw Self.damaged("lists free pages of the future") }
        // Every commit but the first frees pages; without them, this is not the commit that it says it is.
        guard newest == meta.transaction || meta.transaction < 3 else { throw Self.damaged("lacks its last commit") }
        for list in lists {
            let count = list.loadUnaligned(as: UInt64.self)
            guard count < list.count / 8 else { throw Self.damaged("lists more free pages than it has") }
            var previous = UInt64.max
            for position in 0..<Int(count) {
                let page = list.loadUnaligned(fromByteOffset: 8 + position * 8, as: UInt64.self)
                guard page < previous else { throw Self.damaged("lists free pages out of order") }
                try take(page)
                previous = page
            }
        }
    }

    /// Visits the entries of a tree in order, having checked all pages on the way.
    private mutating func walk(
        _ tree: MetaPage.Tree, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        guard tree.root != .max else { return }
        var previous = UnsafeRawBufferPointer(start: nil, count: 0)
        try walk(tree.root, depth: Int(tree.depth), isMain: tree.isMain, from: nil) { key, value in
            if previous.count > 0, !tree.precedes(previous, key) { throw Self.damaged("has keys out of order") }
            previous = key
            try body(key, value)
        }
    }

    /// - Parameter lower: no key on the page, or below it, comes before.
    private mutating func walk(
        _ number: UInt64, depth: Int, isMain: Bool, from lower: UnsafeRawBufferPointer?,
        _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try take(number)
        let page = try pages.nodes(of: number, isLeaf: depth == 1)
        var first = lower
        for position in 0..<page.count {
            let node = try page.node(position)
            if depth > 1 {
                // The first key of a branch is not used.
                if position > 0 { first = node.key }
                try walk(node.child, depth: depth - 1, isMain: isMain, from: first, body)
            } else {
                if position == 0, let lower, isMain, node.key.precedes(lower) {
                    throw Self.damaged("has keys before the branch that leads to them")
                }
                try body(node.key, value(of: node))
            }
        }
    }

    private mutating func value(of node: PageNode) throws -> UnsafeRawBufferPointer {
        guard let overflow = node.overflow else { return node.value }
        let (count, value) = try pages.overflow(overflow, size: node.valueSize)
        for page in 0..<count { try take(overflow + page) }
        return value
    }

    private mutating func take(_ page: UInt64) throws {
        guard page >= 2, page < pages.count else { throw Self.damaged("refers to a page that it does not have") }
        let (word, bit) = (Int(page / 64), UInt64(1) << (page % 64))
        guard taken[word] & bit == 0 else { throw Self.damaged("uses a page twice") }
        taken[word] |= bit
    }

    static func damaged(_ how: String) -> StoreError {
        StoreError(.corrupted, "the store's data file \(how)")
    }
}
