import CZstd
import Synchronization

/// Zstandard compression of whole messages.
enum Zstandard {
    private static let level: CInt = 1
    private static let workspace = Mutex(Workspace())

    /// Level 1, one frame; nil when that is not shorter than `bytes`.
    static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
        var count = 0
        let output = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { buffer, initialized in
            count =
                workspace.withLockIfAvailable { $0.compress(bytes, into: buffer) }
                // Another thread is compressing.
                ?? ZSTD_compress(buffer.baseAddress, buffer.count, bytes, bytes.count, level)
            if ZSTD_isError(count) != 0 { count = 0 }
            initialized = count
        }
        return count > 0 && count < bytes.count ? output : nil
    }

    /// The memory that a compression takes, kept for the next one: making it takes longer than a short message.
    // Unchecked: a context may go from thread to thread, and the mutex lets one at a time use it.
    private struct Workspace: ~Copyable, @unchecked Sendable {
        private let context = ZSTD_createCCtx()

        /// The size of what was written to `buffer`, or an error of the library.
        borrowing func compress(_ bytes: [UInt8], into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
            ZSTD_compressCCtx(context, buffer.baseAddress, buffer.count, bytes, bytes.count, level)
        }

        deinit { ZSTD_freeCCtx(context) }
    }

    /// Nil when `bytes` are damaged, or hold more than `limit` bytes. No more memory than that is ever taken.
    static func decompressed(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        // The largest numbers say that a frame does not tell its size, or is none.
        let size = ZSTD_getFrameContentSize(bytes, bytes.count)
        guard size <= UInt64(limit) || size == .max else { return nil }
        var failed = false
        let output = [UInt8](unsafeUninitializedCapacity: min(Int(clamping: size), limit)) { buffer, initialized in
            let count = ZSTD_decompress(buffer.baseAddress, min(buffer.count, limit), bytes, bytes.count)
            failed = ZSTD_isError(count) != 0
            initialized = failed ? 0 : count
        }
        return failed ? nil : output
    }
}
