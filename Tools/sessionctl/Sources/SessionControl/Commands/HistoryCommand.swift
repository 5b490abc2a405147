import ArgumentParser
import SessionInterfaces
import SessionMessenger

struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Print the messages exchanged with someone, oldest first.",
        discussion: "Works offline with an account ID; a registered name is looked up first.")

    @OptionGroup var options: GlobalOptions
    @Argument(help: "An account ID or a registered name.")
    var with: String
    @Option(help: ArgumentHelp("At most so many, the latest.", valueName: "count"))
    var limit = 100

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is at least 1.") }
    }

    func run() async throws {
        let place = try await Workplace(options)
        let recipient = try Recipient(with)
        try await within(place.settings.timeout.value) {
            try await place.withMessenger { messenger, stack in
                let account = try await recipient.account(using: stack.names)
                for entry in try await messenger.history(with: account, limit: limit) {
                    try place.console.print(MessageReport(entry, account: messenger.accountID))
                }
            }
        }
    }
}
