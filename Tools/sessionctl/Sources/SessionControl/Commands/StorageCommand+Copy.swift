import ArgumentParser
import SessionInterfaces
import SessionStorage

extension StorageCommand {
    struct Copy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Move an account's data to another backend, or copy it elsewhere.",
            discussion: """
                With the name of a backend, the account's data moves there. With a path behind it, the account stays as \
                it is, and a copy is made in that directory.

                Nothing is replaced before the copy has been read back and has the same number of entries and the same \
                checksum. An interrupted copy goes on where it was. What is sealed stays sealed, and no passphrase is \
                needed.
                """)

        @OptionGroup var options: GlobalOptions
        @Option(help: ArgumentHelp("The backend, and perhaps a directory.", valueName: "backend[:path]"))
        var to: String

        func run() async throws {
            let place = try await Workplace(options)
            let parts = to.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let (storage, path) = (parts[0], parts.count > 1 ? parts[1] : nil)
            _ = try place.catalog.storage.plugin(named: storage)
            guard path != "" else { throw ControlError(.usage, "there is no path behind '\(to)'") }
            let (entry, store) = try await place.openRawStore()
            let mover = StoreMove(accounts: place.accounts, console: place.console)
            let report = try await place.closing(store) { store in
                let isSealed = try await SealedStore.isSealed(store)
                if let path {
                    let outcome = try await mover.copy(from: store, to: storage, in: path, as: .same)
                    var copied = entry
                    copied.storage = storage
                    return StorageDigestReport(
                        copied, outcome.digest, isSealed: isSealed, directory: path, resumed: outcome.resumed)
                }
                guard storage != entry.storage else {
                    throw ControlError(
                        .invalidSetting, "this account is kept in \(storage) already; 'storage compact' makes it anew")
                }
                let (moved, outcome) = try await mover.move(entry, from: store, to: storage, as: .same)
                return StorageDigestReport(moved, outcome.digest, isSealed: isSealed, resumed: outcome.resumed)
            }
            try place.console.print(report)
        }
    }

    struct Compact: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write an account's data anew, without what is no longer in use.",
            discussion: "Takes as much room again while it runs. What is sealed stays sealed.")

        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let place = try await Workplace(options)
            let (entry, store) = try await place.openRawStore()
            let mover = StoreMove(accounts: place.accounts, console: place.console)
            let report = try await place.closing(store) { store in
                let before = try await store.statistics().size
                let isSealed = try await SealedStore.isSealed(store)
                let (moved, outcome) = try await mover.move(entry, from: store, to: entry.storage, as: .same)
                let after = try await place.accounts.openUnsealedStore(of: moved, create: false)
                let size = try await place.closing(after) { try await $0.statistics().size }
                return CompactReport(
                    digest: StorageDigestReport(moved, outcome.digest, isSealed: isSealed), before: before, after: size)
            }
            try place.console.print(report)
        }
    }
}

/// What compacting gained.
struct CompactReport: Report {
    var schema = JSONText.schema
    var accountID: String
    var storage: String
    var entries: Int
    var checksum: String
    var sizeBefore: Int
    var size: Int

    enum CodingKeys: String, CodingKey {
        case schema, accountID = "accountId", storage, entries, checksum, sizeBefore, size
    }

    init(digest: StorageDigestReport, before: Int, after: Int) {
        (accountID, storage) = (digest.accountID, digest.storage)
        (entries, checksum) = (digest.entries, digest.checksum)
        (sizeBefore, size) = (before, after)
    }

    var text: String { "\(accountID): \(sizeBefore) bytes are now \(size), with \(entries) entries" }
}
