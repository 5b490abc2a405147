import ArgumentParser
import Glibc
import SessionInterfaces
import SessionMessages
import SessionMessenger

struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Send a text.",
        discussion: """
            Ends with status 0 once the recipient's swarm holds the message. If it is interrupted or fails, the same \
            command finishes the message that was begun instead of sending it twice.
            """)

    @OptionGroup var options: GlobalOptions
    @Argument(help: "An account ID or a registered name.")
    var to: String
    @Argument(help: "The text; '-' or nothing reads standard input, to the byte.")
    var text: String?
    @Option(help: ArgumentHelp("Names this message: a repeat with the same key finishes it.", valueName: "key"))
    var id: String?

    func run() async throws {
        let place = try await Workplace(options)
        let recipient = try Recipient(to)
        let text = try message()
        _ = try MessageContent.text(text, sentAt: SystemClock().now())
        try await within(place.settings.timeout.value) {
            try await place.withMessenger { messenger, stack in
                let sent = try await place.console.progress("sending…") {
                    let account = try await recipient.account(using: stack.names)
                    return try await send(text, to: account, messenger, place.console)
                }
                place.console.detail("path: \(sent.path.map(\.ed25519Key.hex).joined(separator: " → "))")
                // Between the acknowledgement and the end of the process a repetition is a new message: what takes
                // time comes first.
                await stack.shutdown()
                try place.console.print(SentReport(sent))
                try await messenger.acknowledge(sent)
            }
        }
    }

    private func send(
        _ text: String, to account: AccountID, _ messenger: Messenger, _ console: Console
    ) async throws -> SentMessage {
        do {
            return try await messenger.send(text, to: account, key: id)
        } catch  where ErrorReport(error).status.isRetryable || error is CancellationError {
            console.note("the message is kept; the same command finishes it")
            throw error
        }
    }

    private func message() throws -> String {
        if let text, text != "-" { return text }
        guard text == "-" || isatty(STDIN_FILENO) == 0 else {
            throw ControlError(.usage, "no text: give it as an argument or on standard input")
        }
        return try InputFile.text("-")
    }
}

/// A message that was sent.
struct SentReport: Report {
    var schema = JSONText.schema
    var to: String
    var hash: String
    var timestampMs: Int64
    var timestamp: String
    var confirmedBy: Int
    var resumed: Bool

    init(_ sent: SentMessage) {
        to = sent.recipient.hex
        hash = sent.hash.text
        timestampMs = sent.sentAt.milliseconds
        timestamp = sent.sentAt.text
        confirmedBy = sent.confirmedBy.count
        resumed = sent.isResumed
    }

    var text: String { "sent \(hash) to \(to)" }
}
