import Glibc
import SessionInterfaces

/// A file to whose end records are added.
///
/// A record is eight bytes with the size of its content, eight with the checksum, and the content. A second file says how
/// much of the first one counts: a record that was cut off on the way does not, and one that is missing is missed.
struct LogFile: ~Copyable {
    private let log: CInt
    private let mark: CInt
    private(set) var size: Int

    private static let headerSize = 16

    /// Opens the log, or makes it, and reads all of its records.
    static func open(_ path: String, _ visit: ([UInt8]) throws -> Void) throws -> LogFile {
        var file = LogFile(log: try open(path + ".log"), mark: try open(path + ".size"))
        // The lock goes with the process. The file that it is on says whose it is.
        guard flock(file.log, LOCK_EX | LOCK_NB) == 0 else {
            let holder = try read(file.mark, at: 16, count: 8).map { "process \(number($0))" }
            throw StoreError(.locked, "the store is in use by \(holder ?? "another process")")
        }
        file.size = try readMark(file.mark, file.log)
        try records(file.log, file.size, visit)
        try write(file.mark, bytes(Int(getpid())), at: 16)
        return file
    }

    private init(log: CInt, mark: CInt) {
        (self.log, self.mark, size) = (log, mark, 0)
    }

    deinit {
        close(log)
        close(mark)
    }

    /// Adds a record. It counts from the moment when the second file says so.
    /// - Throws: `StoreError(.full)`; then it does not count.
    mutating func append(_ content: [UInt8], durability: Durability) throws {
        let end = size + Self.headerSize + content.count
        try Self.write(log, Self.bytes(content.count) + Self.bytes(Self.checksum(content)) + content, at: size)
        if durability == .full, fdatasync(log) != 0 { throw Self.failure("be written") }
        try Self.write(mark, Self.bytes(end) + Self.bytes(Self.checksum(Self.bytes(end))), at: 0)
        if durability == .full, fdatasync(mark) != 0 { throw Self.failure("be written") }
        size = end
    }

    /// Reads and checks all records.
    func verify(_ visit: ([UInt8]) throws -> Void) throws {
        try Self.records(log, Self.readMark(mark, log), visit)
    }

    private static func readMark(_ mark: CInt, _ log: CInt) throws -> Int {
        guard let stored = try read(mark, at: 0, count: 16) else {
            guard lseek(log, 0, SEEK_END) == 0, lseek(mark, 0, SEEK_END) == 0 else { throw damaged }
            // The mark of an empty log.
            try write(mark, bytes(0) + bytes(checksum(bytes(0))), at: 0)
            return 0
        }
        guard number(stored.suffix(8)) == checksum(Array(stored.prefix(8))) else { throw damaged }
        return number(stored.prefix(8))
    }

    private static func records(_ log: CInt, _ size: Int, _ visit: ([UInt8]) throws -> Void) throws {
        var offset = 0
        while offset < size {
            guard let header = try read(log, at: offset, count: headerSize),
                case let count = number(header.prefix(8)), (0...size - offset - headerSize).contains(count),
                let content = try read(log, at: offset + headerSize, count: count),
                number(header.suffix(8)) == checksum(content)
            else { throw damaged }
            try visit(content)
            offset += headerSize + count
        }
    }

    private static func open(_ path: String) throws -> CInt {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError(.inaccessible, "the store's files cannot be opened") }
        return descriptor
    }

    /// Nil when there are fewer bytes.
    private static func read(_ file: CInt, at offset: Int, count: Int) throws -> [UInt8]? {
        guard count >= 0, count <= lseek(file, 0, SEEK_END) - offset else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let read = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress! + done, count - done, offset + done) }
            guard read > 0 else { throw failure("be read") }
            done += read
        }
        return bytes
    }

    private static func write(_ file: CInt, _ bytes: [UInt8], at offset: Int) throws {
        var done = 0
        while done < bytes.count {
            let written = bytes.withUnsafeBytes {
                pwrite(file, $0.baseAddress! + done, bytes.count - done, offset + done)
            }
            guard written > 0 else { throw failure("be written") }
            done += written
        }
    }

    private static func failure(_ what: String) -> StoreError {
        let isFull = [ENOSPC, EDQUOT, EFBIG].contains(errno)
        return StoreError(isFull ? .full : .failed, "the store cannot \(what): \(String(cString: strerror(errno)))")
    }

    private static var damaged: StoreError { StoreError(.corrupted, "the store's file is damaged") }

    private static func checksum(_ bytes: [UInt8]) -> Int {
        Int(truncatingIfNeeded: bytes.withUnsafeBytes { StoreChecksum.of($0, seed: 0) })
    }

    private static func bytes(_ number: Int) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { [UInt8]($0) } }

    private static func number(_ bytes: some Sequence<UInt8>) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
