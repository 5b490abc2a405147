import Glibc
import SessionCrypto
import SessionInterfaces
import SessionMessenger
import SessionStorage

/// Where the passphrase or key of sealed data comes from: a file, standard input, or a prompt. Never an argument, which
/// others on the machine can see.
struct SecretFiles: Sendable {
    var passphrase: String?
    var key: String?

    /// Bytes of the longest passphrase or key file.
    private static let limit = 1 << 20

    var isGiven: Bool { passphrase != nil || key != nil }

    /// What the files say; what is typed when there are none and someone is there to type; else nil.
    /// - Parameter prompt: what to ask for.
    func read(prompt: String) throws -> SealingSecret? {
        if passphrase != nil, key != nil {
            throw ControlError(.invalidSetting, "a store is sealed with a passphrase or a key file, not with both")
        }
        if let key {
            var bytes = try InputFile.read(key, limit: Self.limit)
            return .key(SecretBytes(consuming: &bytes))
        }
        guard passphrase != nil || isatty(STDIN_FILENO) == 1 else { return nil }
        var bytes = try passphrase.map { try InputFile.read($0, limit: Self.limit) } ?? SilentInput.line(prompt)
        // The end of the line is not part of what it says.
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else { throw ControlError(.invalidText, "the passphrase is empty") }
        return .passphrase(SecretText(utf8: SecretBytes(consuming: &bytes)))
    }

    /// The store as it is to be used: one that is sealed is opened; a new one is sealed when a secret is given.
    func unseal(_ store: any Store, isNew: Bool) async throws -> any Store {
        let isSealed = try await SealedStore.isSealed(store)
        guard isSealed || isNew && isGiven else { return store }
        guard let secret = try read(prompt: "Passphrase of this account (not shown while you type):") else {
            throw StoreError(
                .sealed, "this account's data is sealed; --passphrase-file or --key-file opens it")
        }
        return try await SealedStore.open(store, with: secret, layouts: AccountLayouts.all)
    }
}
