import ArgumentParser
import SessionCrypto
import SessionInterfaces

struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Make, restore and list accounts.",
        subcommands: [Create.self, Restore.self, List.self, Show.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a new account, offline.",
            discussion: """
                Prints the account ID and the recovery phrase. Write the phrase down: it is the only way to the account, \
                and whoever has it has the account.
                """)

        @OptionGroup var options: GlobalOptions
        @Argument(help: "A name for this account on this machine.")
        var label: String?

        func run() async throws {
            let place = try await Workplace(options)
            let keys = AccountKeys.generate(from: CryptoRandom())
            let entry = try await place.addAccount(keys, label: label)
            let phrase = keys.recoveryPhrase().revealed()
            try place.console.print(AccountReport(entry, isDefault: nil, recoveryPhrase: phrase))
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring an account here from its recovery phrase, offline.",
            discussion: "The phrase comes from a prompt, from standard input or from a file, never from an argument.")

        @OptionGroup var options: GlobalOptions
        @Argument(help: "A name for this account on this machine.")
        var label: String?
        @Option(
            help: ArgumentHelp("File with the phrase; '-' is standard input.", valueName: "file"), completion: .file())
        var phraseFile: String?

        func run() async throws {
            let place = try await Workplace(options)
            let keys = try PhraseInput.read(from: phraseFile)
            let entry = try await place.addAccount(keys, label: label)
            try place.console.print(AccountReport(entry, isDefault: nil, recoveryPhrase: nil))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the accounts on this machine.")

        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let place = try await Workplace(options)
            let index = try AccountIndex.read(from: place.accounts.path)
            for entry in index.accounts {
                try place.console.print(
                    AccountReport(entry, isDefault: entry.id == index.defaultAccount, recoveryPhrase: nil))
            }
            if index.accounts.isEmpty { place.console.note("no accounts in \(place.accounts.path)") }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one account, without its secrets.")

        @OptionGroup var options: GlobalOptions
        @Argument(help: "Label or ID; the default account otherwise.")
        var name: String?

        func run() async throws {
            let place = try await Workplace(options)
            let index = try AccountIndex.read(from: place.accounts.path)
            let entry = try index.entry(name ?? place.settings.account?.value)
            try place.console.print(
                AccountReport(entry, isDefault: entry.id == index.defaultAccount, recoveryPhrase: nil))
        }
    }
}

extension Workplace {
    fileprivate func addAccount(_ keys: AccountKeys, label: String?) async throws -> AccountIndex.Entry {
        let storage = settings.storage.value
        guard storage != "memory" else {
            throw ControlError(.invalidSetting, "an account in memory would be gone at once; choose another --storage")
        }
        return try await accounts.add(keys, label: label, storage: storage, at: SystemClock().now())
    }
}

/// One account as the commands print it.
struct AccountReport: Report {
    var schema = JSONText.schema
    var accountID: String
    var label: String?
    var storage: String
    var createdMs: Int64
    var created: String
    var isDefault: Bool?
    /// Only when the account was made just now.
    var recoveryPhrase: String?

    enum CodingKeys: String, CodingKey {
        // Spelt out where the conversion to snake case would split an abbreviation.
        case schema, accountID = "accountId", label, storage, createdMs, created, isDefault = "default", recoveryPhrase
    }

    init(_ entry: AccountIndex.Entry, isDefault: Bool?, recoveryPhrase: String?) {
        let moment = Timestamp(milliseconds: entry.createdMs)
        accountID = entry.id
        label = entry.label
        storage = entry.storage
        createdMs = entry.createdMs
        created = moment.text
        self.isDefault = isDefault
        self.recoveryPhrase = recoveryPhrase
    }

    var text: String {
        var line = accountID
        if let label { line += "  \(label)" }
        if isDefault == true { line += "  (default)" }
        if let recoveryPhrase { line += "\nrecovery phrase: \(recoveryPhrase)" }
        return line
    }
}
