import ArgumentParser
import SessionInterfaces
import SessionStorage

extension StorageCommand {
    struct Passphrase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Seal an account's data, or change what opens it.",
            discussion: """
                Data that is not sealed yet is written anew, sealed; the old is removed when the new has been checked. \
                Of data that is sealed, only the key is wrapped anew. The present passphrase or key file comes with \
                --passphrase-file or --key-file, the new one with the options below or from a prompt.

                Who forgets the passphrase loses the messages; the account comes back from its recovery phrase.
                """)

        @OptionGroup var options: GlobalOptions
        @Option(
            help: ArgumentHelp("File with the new passphrase; '-' is standard input.", valueName: "file"),
            completion: .file())
        var newPassphraseFile: String?
        @Option(help: ArgumentHelp("The new key file, of 32 bytes or more.", valueName: "file"), completion: .file())
        var newKeyFile: String?
        @Flag(help: "Write the data anew, not sealed.")
        var remove = false

        func validate() throws {
            guard [newPassphraseFile != nil, newKeyFile != nil, remove].count(where: { $0 }) <= 1 else {
                throw ValidationError("choose one of --new-passphrase-file, --new-key-file and --remove")
            }
        }

        func run() async throws {
            let place = try await Workplace(options)
            let (entry, raw) = try await place.openRawStore()
            let report = try await place.closing(raw) { raw in
                let isSealed = try await SealedStore.isSealed(raw)
                guard isSealed || !remove else {
                    throw StoreError(.sealed, "this account's data is not sealed")
                }
                let store = try await place.settings.secret.unseal(raw, isNew: false)
                let mover = StoreMove(accounts: place.accounts, console: place.console)
                if remove {
                    let (moved, outcome) = try await mover.move(entry, from: store, to: entry.storage, as: .unsealed)
                    return StorageDigestReport(moved, outcome.digest, isSealed: false, resumed: outcome.resumed)
                }
                let secret = try newSecret()
                if let sealed = store as? SealedStore {
                    try await sealed.change(to: secret)
                    return StorageDigestReport(entry, try await StoreDigest.of(sealed), isSealed: true)
                }
                let (moved, outcome) = try await mover.move(
                    entry, from: store, to: entry.storage, as: .sealed(secret))
                return StorageDigestReport(moved, outcome.digest, isSealed: true, resumed: outcome.resumed)
            }
            try place.console.print(report)
        }

        private func newSecret() throws -> SealingSecret {
            let files = SecretFiles(passphrase: newPassphraseFile, key: newKeyFile)
            guard let secret = try files.read(prompt: "New passphrase (not shown while you type):") else {
                throw ControlError(.usage, "say what shall open the data: --new-passphrase-file or --new-key-file")
            }
            return secret
        }
    }
}
