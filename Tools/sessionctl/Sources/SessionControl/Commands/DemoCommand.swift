import ArgumentParser
import SessionInterfaces
import SessionMessages

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Watch one real message travel through a network on this machine.",
        discussion: """
            Starts service nodes in this process, makes two accounts in a temporary directory, looks one up by name, \
            sends it a text through three hops, receives it, and receives it again after restoring the account from \
            its recovery phrase. Nothing is left behind.
            """)

    @OptionGroup var options: GlobalOptions
    @Option(
        help: ArgumentHelp("The text; '-' reads standard input and '@FILE' a file, to the byte.", valueName: "text"))
    var text = "Hello from the other end of three hops."

    func run() async throws {
        let place = try await Workplace(options)
        let text = try message()
        _ = try MessageContent.text(text, sentAt: SystemClock().now())
        let console = place.console
        try await within(place.settings.timeout.value) {
            let report = try await Demo(place, text: text) { line in
                if !console.isJSON && !console.isQuiet { Console.writeOut(line) }
            }.run()
            if console.isJSON || console.isQuiet { try console.print(report) }
        }
    }

    private func message() throws -> String {
        if text == "-" { return try InputFile.text("-") }
        if text.hasPrefix("@") { return try InputFile.text(String(text.dropFirst())) }
        return text
    }
}
