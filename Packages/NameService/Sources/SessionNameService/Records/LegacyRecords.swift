import Dispatch
import SessionCrypto

/// Opens records of the legacy form. Each takes 256 MiB and about a second of a core: one at a time, and not on the
/// threads that run Swift's tasks.
enum LegacyRecords {
    private static let queue = DispatchQueue(label: "session.names.legacy")

    /// - Throws: `CryptoError`, or `CancellationError`.
    static func open(_ encryptedValue: [UInt8], name: String) async throws -> [UInt8] {
        try Task.checkCancellation()
        let value = try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(with: Result { try NameRecordCipher.openLegacy(encryptedValue, name: name) })
            }
        }
        try Task.checkCancellation()
        return value
    }
}
