import ArgumentParser
import SessionInterfaces
import SessionStorage

struct StorageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "storage", abstract: "Look at an account's data, check it, move it, seal it.",
        discussion: """
            Examples:
              sessionctl storage info
              sessionctl storage copy --to sqlite
              sessionctl storage copy --to lmdb:/mnt/backup
              sessionctl storage passphrase --new-passphrase-file secret.txt
            """,
        subcommands: [Info.self, Verify.self, Copy.self, Compact.self, Passphrase.self])

    struct Info: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what an account's data is kept in.",
            discussion: "Needs no passphrase: what is sealed is counted, not read.")

        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let place = try await Workplace(options)
            let (entry, store) = try await place.openRawStore()
            let report = try await place.closing(store) {
                StorageReport(
                    entry, try await $0.statistics(), isSealed: try await SealedStore.isSealed($0),
                    directory: place.accounts.directory(of: entry))
            }
            try place.console.print(report)
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read all of an account's data and check it.",
            discussion: "Data that is sealed is opened too, so its passphrase or key file is needed. Changes nothing.")

        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let place = try await Workplace(options)
            let (entry, raw) = try await place.openRawStore()
            let report = try await place.closing(raw) { raw in
                let store = try await place.settings.secret.unseal(raw, isNew: false)
                try await place.console.progress("checking…") { try await store.verify() }
                return StorageDigestReport(
                    entry, try await StoreDigest.of(store), isSealed: try await SealedStore.isSealed(raw))
            }
            try place.console.print(report)
        }
    }
}

extension Workplace {
    /// The chosen account, and its store as the backend has it.
    func openRawStore() async throws -> (AccountIndex.Entry, any Store) {
        let entry = try AccountIndex.read(from: accounts.path).entry(settings.account?.value)
        return (entry, try await accounts.openUnsealedStore(of: entry, create: false))
    }

    /// Runs `body` with a store, and closes it whatever happens.
    func closing<R: Sendable>(
        _ store: any Store, _ body: @Sendable (any Store) async throws -> R
    ) async throws -> R {
        do {
            let result = try await body(store)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }
}
