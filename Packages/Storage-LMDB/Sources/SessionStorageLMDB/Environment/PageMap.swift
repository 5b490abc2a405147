import Glibc
import SessionInterfaces

/// The pages of a data file. Whatever they say, nothing outside of the file is read.
struct PageMap {
    let bytes: UnsafeRawBufferPointer
    let pageSize: Int
    /// Pages that may be in use: up to the last, but not beyond the end of the file.
    let count: UInt64

    private static let headerSize = 16
    private static let branchFlag: UInt16 = 1
    private static let leafFlag: UInt16 = 2
    private static let overflowFlag: UInt16 = 4

    init(bytes: UnsafeRawBufferPointer, pageSize: Int, last: UInt64) {
        self.bytes = bytes
        self.pageSize = pageSize
        count = min(last + 1, UInt64(bytes.count / pageSize))
    }

    /// Lends a file's bytes, which must not get fewer in the meantime.
    static func withFile<R>(_ path: String, _ body: (UnsafeRawBufferPointer) throws -> R) throws -> R {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0 else { throw LMDBError(code: errno).storeError }
        defer { close(descriptor) }
        guard fstat(descriptor, &status) == 0 else { throw LMDBError(code: errno).storeError }
        guard status.st_size > 0 else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        guard let map = mmap(nil, status.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0), map != MAP_FAILED else {
            throw LMDBError(code: errno).storeError
        }
        defer { munmap(map, status.st_size) }
        madvise(map, status.st_size, MADV_WILLNEED)
        return try body(UnsafeRawBufferPointer(start: map, count: status.st_size))
    }

    /// The nodes of a branch or leaf.
    func nodes(of number: UInt64, isLeaf: Bool) throws -> NodePage {
        let page = try page(number, flag: isLeaf ? Self.leafFlag : Self.branchFlag)
        let lower = Int(page.loadUnaligned(fromByteOffset: 12, as: UInt16.self))
        let upper = Int(page.loadUnaligned(fromByteOffset: 14, as: UInt16.self))
        guard lower > Self.headerSize, lower % 2 == 0, lower <= upper, upper <= pageSize else {
            throw DataFileCheck.damaged("has a page without order")
        }
        return NodePage(page: page, count: (lower - Self.headerSize) / 2, start: upper, isLeaf: isLeaf)
    }

    /// How many pages a large value takes, and its bytes.
    func overflow(_ number: UInt64, size: Int) throws -> (count: UInt64, value: UnsafeRawBufferPointer) {
        let first = try page(number, flag: Self.overflowFlag)
        let pages = UInt64(first.loadUnaligned(fromByteOffset: 12, as: UInt32.self))
        let needed = UInt64((Self.headerSize - 1 + size) / pageSize + 1)
        guard pages >= needed, pages <= count - number else {
            throw DataFileCheck.damaged("has a large value without end")
        }
        let start = Int(number) * pageSize + Self.headerSize
        return (pages, UnsafeRawBufferPointer(rebasing: bytes[start..<start + size]))
    }

    private func page(_ number: UInt64, flag: UInt16) throws -> UnsafeRawBufferPointer {
        guard number >= 2, number < count else {
            throw DataFileCheck.damaged("refers to a page that it does not have")
        }
        let start = Int(number) * pageSize
        let page = UnsafeRawBufferPointer(rebasing: bytes[start..<start + pageSize])
        guard page.loadUnaligned(as: UInt64.self) == number,
            page.loadUnaligned(fromByteOffset: 10, as: UInt16.self) == flag
        else { throw DataFileCheck.damaged("has another page where one is looked for") }
        return page
    }
}

/// A branch or leaf.
struct NodePage {
    let page: UnsafeRawBufferPointer
    let count: Int
    /// Where the nodes begin.
    let start: Int
    let isLeaf: Bool

    private static let headerSize = 16
    private static let nodeHeaderSize = 8
    private static let bigDataFlag: UInt16 = 1

    func node(_ position: Int) throws -> PageNode {
        let offset = Int(page.loadUnaligned(fromByteOffset: Self.headerSize + position * 2, as: UInt16.self))
        guard offset >= start, offset + Self.nodeHeaderSize <= page.count else {
            throw DataFileCheck.damaged("has an entry outside of its page")
        }
        func part(_ index: Int) -> UInt16 { page.loadUnaligned(fromByteOffset: offset + index * 2, as: UInt16.self) }
        let (flags, keySize) = (part(2), Int(part(3)))
        let low = UInt64(part(0)) | UInt64(part(1)) << 16
        let keyStart = offset + Self.nodeHeaderSize
        guard keyStart + keySize <= page.count, keySize <= StoredKey.maximumSize else {
            throw DataFileCheck.damaged("has a key outside of its page")
        }
        let key = UnsafeRawBufferPointer(rebasing: page[keyStart..<keyStart + keySize])
        guard isLeaf else {
            return PageNode(key: key, child: low | UInt64(flags) << 32, valueSize: 0, value: key, overflow: nil)
        }
        guard keySize > 0, flags & ~Self.bigDataFlag == 0 else { throw DataFileCheck.damaged("has an unknown entry") }
        let isBig = flags & Self.bigDataFlag != 0
        let end = keyStart + keySize + (isBig ? 8 : Int(low))
        guard end <= page.count else { throw DataFileCheck.damaged("has a value outside of its page") }
        let value = UnsafeRawBufferPointer(rebasing: page[keyStart + keySize..<end])
        return PageNode(
            key: key, child: 0, valueSize: Int(low), value: value,
            overflow: isBig ? value.loadUnaligned(as: UInt64.self) : nil)
    }
}

/// An entry of a leaf, or what a branch says of the page below.
struct PageNode {
    let key: UnsafeRawBufferPointer
    /// The page below, in a branch.
    let child: UInt64
    let valueSize: Int
    /// The value, unless it lies elsewhere.
    let value: UnsafeRawBufferPointer
    /// The first of the pages on which the value lies.
    let overflow: UInt64?
}
