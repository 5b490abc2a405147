import SessionInterfaces

/// What one of the two first pages of a data file says: where the trees begin as of one commit.
struct MetaPage {
    struct Tree {
        let isMain: Bool
        let flags: UInt16
        let depth: UInt16
        let entries: UInt64
        /// The page on which it begins; all ones when it is empty.
        let root: UInt64

        /// The order of its keys: of the free pages, those are numbers.
        func precedes(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
            guard isMain else {
                return left.count == 8 && right.count == 8
                    && left.loadUnaligned(as: UInt64.self) < right.loadUnaligned(as: UInt64.self)
            }
            return left.precedes(right)
        }
    }

    let pageSize: Int
    let free: Tree
    let main: Tree
    let lastPage: UInt64
    let transaction: UInt64

    private static let headerSize = 16
    private static let size = 136
    private static let magic: UInt32 = 0xbeef_c0de
    private static let metaFlag: UInt16 = 0x08
    private static let integerKeys: UInt16 = 0x08
    private static let greatestDepth: UInt16 = 32

    /// The later of the two, by which LMDB goes too. Both must be sound: LMDB writes them in turn.
    static func newest(in bytes: UnsafeRawBufferPointer) throws -> MetaPage {
        let first = try MetaPage(bytes, at: 0)
        let second = try MetaPage(bytes, at: first.pageSize)
        let (even, odd) = (first.transaction, second.transaction)
        let isNew = even == 0 && odd == 0
        guard second.pageSize == first.pageSize, isNew || even % 2 == 0 && odd % 2 == 1,
            isNew || (even > odd ? even - odd : odd - even) == 1
        else { throw DataFileCheck.damaged("has two beginnings that do not belong together") }
        return even >= odd ? first : second
    }

    private init(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
        guard bytes.count - offset >= Self.headerSize + Self.size else {
            throw DataFileCheck.damaged("is too short")
        }
        let flags = bytes.loadUnaligned(fromByteOffset: offset + 10, as: UInt16.self)
        let start = offset + Self.headerSize
        func word(_ position: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: start + position, as: UInt64.self) }
        func half(_ position: Int) -> UInt32 { bytes.loadUnaligned(fromByteOffset: start + position, as: UInt32.self) }
        func tree(_ position: Int, isMain: Bool) -> Tree {
            Tree(
                isMain: isMain,
                flags: bytes.loadUnaligned(fromByteOffset: start + position + 4, as: UInt16.self),
                depth: bytes.loadUnaligned(fromByteOffset: start + position + 6, as: UInt16.self),
                entries: word(position + 32), root: word(position + 40))
        }
        guard half(0) == Self.magic, flags == Self.metaFlag else { throw DataFileCheck.damaged("is none") }
        guard half(4) == 1 else {
            throw StoreError(.unsupportedVersion, "the store's data file was written by another version of LMDB")
        }
        pageSize = Int(half(24))
        free = tree(24, isMain: false)
        main = tree(72, isMain: true)
        lastPage = word(120)
        transaction = word(128)
        let mapSize = word(16)
        guard (512...65536).contains(pageSize), pageSize & (pageSize - 1) == 0 else {
            throw DataFileCheck.damaged("has pages of an impossible size")
        }
        guard free.flags == Self.integerKeys, main.flags == 0, free.depth <= Self.greatestDepth,
            main.depth <= Self.greatestDepth, free.depth > 0 || free.root == .max, main.depth > 0 || main.root == .max
        else { throw DataFileCheck.damaged("is of another kind") }
        guard mapSize < 1 << 47, (1...(1 << 35)).contains(lastPage), transaction < 1 << 62 else {
            throw DataFileCheck.damaged("has an impossible size")
        }
    }
}
