import FoundationEssentials
import Glibc
import SessionInterfaces
import SessionMessenger
import SessionStorage

/// Moves an account's data into another store.
///
/// The new store is made in a directory of its own beside the old one. When it holds everything, one change of the index
/// makes it the account's store, and the old one is removed. Interrupted before, the account is what it was, and the next
/// move of the same kind goes on where this one was; interrupted after, an old directory is left over.
struct StoreMove {
    let accounts: AccountDirectory
    let console: Console

    /// How the data is kept on the way.
    enum Form {
        /// As it is; what is sealed stays sealed with the same secret.
        case same
        case sealed(SealingSecret)
        case unsealed
    }

    /// - Parameters:
    ///   - source: the account's store as it is used: as the backend has it for `.same`, otherwise unsealed.
    ///   - storage: the backend to move to.
    func move(
        _ entry: AccountIndex.Entry, from source: any Store, to storage: String, as form: Form
    ) async throws -> (AccountIndex.Entry, StoreCopy.Outcome) {
        var next = entry
        next.storage = storage
        next.folder = Self.folder(after: entry, storage, form)
        let outcome = try await copy(from: source, to: storage, in: accounts.directory(of: next), as: form)
        try accounts.replace(next)
        await source.close()
        remove(accounts.directory(of: entry))
        return (next, outcome)
    }

    /// Copies into a store of its own kind in `directory`.
    func copy(
        from source: any Store, to storage: String, in directory: String, as form: Form
    ) async throws -> StoreCopy.Outcome {
        let plugin = try accounts.catalog.storage.plugin(named: storage)
        guard storage != "memory" else {
            throw ControlError(.invalidSetting, "what is copied to memory would be gone at once")
        }
        try OutputFile.makeDirectory(directory)
        let raw = try await plugin.make(StorageOptions(directory: directory))
        do {
            var target = raw
            if case .sealed(let secret) = form {
                target = try await SealedStore.open(raw, with: secret, layouts: AccountLayouts.all)
            }
            let progress = CopyProgress(console)
            let outcome = try await StoreCopy(from: source, to: target).run { progress.show($0) }
            await raw.close()
            return outcome
        } catch {
            await raw.close()
            throw error
        }
    }

    /// The name says what is being made there, so that only a move of the same kind goes on with it.
    private static func folder(after entry: AccountIndex.Entry, _ storage: String, _ form: Form) -> String {
        let generation = entry.folder.flatMap { $0.split(separator: ".").dropFirst().first }.flatMap { Int($0) } ?? 0
        let kind =
            switch form {
            case .same: storage
            case .sealed: "\(storage)-sealed"
            case .unsealed: "\(storage)-unsealed"
            }
        return "\(entry.id).\(generation + 1).\(kind)"
    }

    /// The data is where it should be: what is left over does no harm.
    private func remove(_ directory: String) {
        do {
            try FileManager.default.removeItem(atPath: directory)
        } catch {
            console.note("the old data could not be removed from \(directory)")
        }
    }
}

/// Says how far a copy has come, to someone who watches.
private struct CopyProgress {
    private let isShown: Bool

    init(_ console: Console) { isShown = !console.isQuiet && !console.isJSON && isatty(STDERR_FILENO) == 1 }

    func show(_ progress: StoreCopy.Progress) {
        guard isShown, progress.total > 0 else { return }
        Console.writeError("\(progress.phase.rawValue) \(progress.done * 100 / progress.total) %")
    }
}
