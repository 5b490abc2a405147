import ArgumentParser
import SessionInterfaces

struct NamesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ons", abstract: "Look up names of the Oxen Name System.", subcommands: [Resolve.self])

    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the account that a name belongs to.",
            discussion: "Three service nodes are asked and must agree. They see a hash of the name, not the name.")

        @OptionGroup var options: GlobalOptions
        @Argument(help: "A registered name.")
        var name: String

        func run() async throws {
            let place = try await Workplace(options)
            try await within(place.settings.timeout.value) {
                try await place.withNetwork { stack in
                    let account = try await place.console.progress("asking three nodes…") {
                        try await stack.names.resolve(name)
                    }
                    try place.console.print(ResolvedName(name: name, accountID: account.hex))
                }
            }
        }
    }
}

struct ResolvedName: Report {
    var schema = JSONText.schema
    var name: String
    var accountID: String

    enum CodingKeys: String, CodingKey {
        case schema, name, accountID = "accountId"
    }

    var text: String { accountID }
}
