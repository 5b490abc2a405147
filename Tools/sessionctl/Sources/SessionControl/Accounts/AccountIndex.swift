import FoundationEssentials
import SessionInterfaces

/// The list of accounts in a data directory: what can be known without opening any account's store.
struct AccountIndex: Codable, Sendable {
    struct Entry: Codable, Hashable, Sendable {
        var id: String
        var label: String?
        /// The storage that holds the account.
        var storage: String
        var createdMs: Int64
        /// The directory of the account's store beside those of other accounts, when it is not called as the account.
        var folder: String?
    }

    /// Version of the file's shape.
    var version = 1
    /// The ID of the account used when none is named.
    var defaultAccount: String?
    var accounts: [Entry] = []

    static let fileName = "accounts.json"

    static func read(from directory: String) throws -> AccountIndex {
        let path = directory + "/" + fileName
        guard FileManager.default.fileExists(atPath: path) else { return AccountIndex() }
        let bytes = try InputFile.read(path, limit: 16 << 20)
        guard let index = try? JSONDecoder().decode(AccountIndex.self, from: Data(bytes)), index.version == 1 else {
            throw ControlError(.corruptedIndex, "\(path) is damaged or of a later version")
        }
        return index
    }

    func write(to directory: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try OutputFile.replace(directory + "/" + Self.fileName, with: [UInt8](try encoder.encode(self)) + [0x0a])
    }

    /// The account that `choice` names by label or ID, or the default one.
    func entry(_ choice: String?) throws -> Entry {
        guard let choice else {
            if let entry = accounts.first(where: { $0.id == defaultAccount }) { return entry }
            throw ControlError(.noAccount, "there is no account yet; 'sessionctl account create' makes one")
        }
        let lowered = choice.lowercased()
        if let entry = accounts.first(where: { $0.label == choice || $0.id == lowered }) { return entry }
        throw ControlError(
            .noAccount, "there is no account '\(choice)'; 'sessionctl account list' shows those there are")
    }

    /// Refuses a label that is not fit to name an account.
    func check(label: String?) throws {
        guard let label else { return }
        let isPlain = label.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard (1...64).contains(label.count), isPlain, !label.hasPrefix("-") else {
            throw ControlError(
                .invalidLabel, "a label has 1 to 64 characters, no control characters and no leading '-'")
        }
        guard (try? AccountID(label)) == nil else {
            throw ControlError(.invalidLabel, "a label must not look like an account ID")
        }
        guard !accounts.contains(where: { $0.label == label }) else {
            throw ControlError(.accountExists, "there is an account with the label '\(label)' already")
        }
    }
}
