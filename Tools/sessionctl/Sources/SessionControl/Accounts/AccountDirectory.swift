import FoundationEssentials
import Glibc
import SessionCrypto
import SessionInterfaces
import SessionMessenger

/// The accounts of a data directory: an index, and for each account a directory with a store of its own.
struct AccountDirectory: Sendable {
    let path: String
    let catalog: PluginCatalog
    /// What opens sealed stores, and seals new ones.
    var secret = SecretFiles()

    /// Adds an account and makes it the default when it is the first.
    /// - Throws: `ControlError`, `StoreError`; then nothing is added.
    func add(_ keys: AccountKeys, label: String?, storage: String, at moment: Timestamp) async throws
        -> AccountIndex.Entry
    {
        try OutputFile.makeDirectory(path)
        let lock = try DirectoryLock(path)
        defer { withExtendedLifetime(lock) {} }
        var index = try AccountIndex.read(from: path)
        try index.check(label: label)
        let id = keys.accountID.hex
        guard !index.accounts.contains(where: { $0.id == id }) else {
            throw ControlError(.accountExists, "the account \(id) is here already")
        }
        let entry = AccountIndex.Entry(id: id, label: label, storage: storage, createdMs: moment.milliseconds)
        let store = try await openStore(of: entry, create: true)
        do {
            try await StoredAccount.save(keys, in: store)
            await store.close()
        } catch {
            await store.close()
            throw error
        }
        index.accounts.append(entry)
        index.defaultAccount = index.defaultAccount ?? id
        try index.write(to: path)
        return entry
    }

    /// Opens the account that `choice` names, or the default one. Nobody else can until it is closed.
    func open(_ choice: String?, storage: Setting<String>) async throws -> OpenAccount {
        let entry = try AccountIndex.read(from: path).entry(choice)
        guard storage.origin != .option || storage.value == entry.storage else {
            throw ControlError(
                .invalidSetting, "this account is kept in \(entry.storage); leave out --storage \(storage.value)")
        }
        let store = try await openStore(of: entry, create: false)
        do {
            return OpenAccount(entry: entry, keys: try await StoredAccount.load(from: store), store: store)
        } catch {
            await store.close()
            throw error
        }
    }

    private func openStore(of entry: AccountIndex.Entry, create: Bool) async throws -> any Store {
        let store = try await openUnsealedStore(of: entry, create: create)
        do {
            return try await secret.unseal(store, isNew: create)
        } catch {
            await store.close()
            throw error
        }
    }

    /// The account's store as its backend has it, sealed or not.
    func openUnsealedStore(of entry: AccountIndex.Entry, create: Bool) async throws -> any Store {
        let directory = directory(of: entry)
        if create { try OutputFile.makeDirectory(directory) }
        guard FileManager.default.fileExists(atPath: directory) else {
            throw ControlError(.unreadableFile, "the data of account \(entry.id) is missing at \(directory)")
        }
        return try await catalog.storage.plugin(named: entry.storage).make(StorageOptions(directory: directory))
    }
}

extension AccountDirectory {
    /// Where the account's store is.
    func directory(of entry: AccountIndex.Entry) -> String { path + "/accounts/" + (entry.folder ?? entry.id) }

    /// Makes the account's data be where `entry` says, all at once.
    func replace(_ entry: AccountIndex.Entry) throws {
        let lock = try DirectoryLock(path)
        defer { withExtendedLifetime(lock) {} }
        var index = try AccountIndex.read(from: path)
        guard let position = index.accounts.firstIndex(where: { $0.id == entry.id }) else {
            throw ControlError(.noAccount, "the account \(entry.id) is not here any more")
        }
        index.accounts[position] = entry
        try index.write(to: path)
    }
}

/// An account whose store is open.
struct OpenAccount: Sendable {
    let entry: AccountIndex.Entry
    let keys: AccountKeys
    let store: any Store
}

/// Keeps two processes from changing a data directory's index at once. The kernel lets go when the process ends.
final class DirectoryLock: Sendable {
    private let descriptor: Int32

    init(_ directory: String) throws {
        let path = directory + "/lock"
        descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw ControlError(.unwritableFile, "cannot write \(path): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw ControlError(.busy, "another process is changing the accounts in \(directory)")
        }
    }

    deinit { close(descriptor) }
}
