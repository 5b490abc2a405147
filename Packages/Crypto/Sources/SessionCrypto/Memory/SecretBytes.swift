import CSodium
import SessionInterfaces

/// Secret bytes: a key, a seed, a phrase. They never leave their memory unasked and are overwritten when released.
///
/// The memory is libsodium's guarded one: locked against swapping where the system allows it, between guard pages, and
/// read-only once filled. Text forms and reflection show nothing but the count; comparing takes constant time.
public final class SecretBytes: Sendable {
    /// Where the bytes lie.
    enum Memory {
        /// Locked and between guard pages: for what lives as long as an account.
        case guarded
        /// On the heap and overwritten at release: for the key of one message. Guarding it would take half a dozen
        /// system calls, and nearly as long as the key agreement that makes it.
        case ephemeral
    }

    public let count: Int
    private let memory: Memory
    // Written by the initialiser alone, before anyone else can see the object; only read until `deinit`.
    nonisolated(unsafe) private let address: UnsafeMutableRawPointer

    /// Makes `count` bytes that `initializer` fills; it receives them zeroed.
    /// - Throws: what `initializer` throws.
    public convenience init<E: Error>(
        count: Int, filledBy initializer: (UnsafeMutableRawBufferPointer) throws(E) -> Void
    ) throws(E) {
        try self.init(count: count, in: .guarded, filledBy: initializer)
    }

    init<E: Error>(
        count: Int, in memory: Memory, filledBy initializer: (UnsafeMutableRawBufferPointer) throws(E) -> Void
    ) throws(E) {
        self.count = count
        self.memory = memory
        address = Self.allocate(count, in: memory)
        let buffer = UnsafeMutableRawBufferPointer(start: address, count: count)
        buffer.initializeMemory(as: UInt8.self, repeating: 0)
        try initializer(buffer)
        if memory == .guarded { sodium_mprotect_readonly(address) }
    }

    /// Copies `bytes`. The caller's array stays as it is; see `init(consuming:)`.
    public convenience init(_ bytes: [UInt8]) {
        self.init(count: bytes.count) { $0.copyBytes(from: bytes) }
    }

    /// Takes over `bytes`: copies them, then overwrites and empties the array.
    ///
    /// Other arrays that share its storage keep theirs.
    public convenience init(consuming bytes: inout [UInt8]) {
        self.init(bytes)
        bytes.withUnsafeMutableBytes { sodium_memzero($0.baseAddress, $0.count) }
        bytes = []
    }

    /// `count` bytes drawn from `random`.
    public static func random(count: Int, from random: some RandomSource) -> SecretBytes {
        SecretBytes(count: count) { random.fill($0) }
    }

    deinit {
        switch memory {
        case .guarded:
            sodium_free(address)
        case .ephemeral:
            sodium_memzero(address, count)
            address.deallocate()
        }
    }

    /// Lends the bytes to `body`, which must not let them escape.
    public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        // This may be the last reference, and its release frees the bytes.
        defer { withExtendedLifetime(self) {} }
        return try body(UnsafeRawBufferPointer(start: address, count: count))
    }

    /// Whether both hold the same bytes, in a time that depends on the counts only.
    public func isEqual(to other: SecretBytes) -> Bool {
        withUnsafeBytes { own in
            other.withUnsafeBytes { own.count == $0.count && sodium_memcmp(own.bytes, $0.bytes, own.count) == 0 }
        }
    }

    private static func allocate(_ count: Int, in memory: Memory) -> UnsafeMutableRawPointer {
        switch memory {
        case .ephemeral:
            return .allocate(byteCount: count, alignment: 1)
        case .guarded:
            return guardedMemory(count)
        }
    }

    /// Locked memory between guard pages, to be released by `sodium_free`, which overwrites it.
    static func guardedMemory(_ count: Int) -> UnsafeMutableRawPointer {
        Sodium.prepare()
        guard let address = sodium_malloc(count) else {
            // Swift ends a process that runs out of memory, here as everywhere.
            fatalError("no memory for a secret of \(count) bytes")
        }
        return address
    }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "SecretBytes(\(count) bytes)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
