import ArgumentParser

struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessionctl",
        abstract: "Accounts, names and messages of the Session network, from a shell.",
        discussion: """
            Examples:
              sessionctl demo
              sessionctl account create
              sessionctl send 05… 'hello'
              sessionctl receive --follow --json
            """,
        version: Version.text,
        subcommands: [
            DemoCommand.self, AccountCommand.self, SendCommand.self, ReceiveCommand.self, HistoryCommand.self,
            NamesCommand.self, PluginsCommand.self, DevnetCommand.self,
        ])
}

enum Version {
    static let number = "0.1.0"
    static let text = "sessionctl \(number)"
}
