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
            NamesCommand.self, NodeCommand.self, PathCommand.self, StorageCommand.self, PluginsCommand.self,
            DevnetCommand.self,
        ])
}

extension RootCommand {
    /// The words at the beginning of `arguments` that name a command.
    static func path(in arguments: [String]) -> [String] {
        var command: any ParsableCommand.Type = RootCommand.self
        return Array(
            arguments.prefix { word in
                guard let next = subcommands(of: command)[word] else { return false }
                command = next
                return true
            })
    }

    /// The subcommands of `command` by their names.
    static func subcommands(of command: any ParsableCommand.Type) -> [String: any ParsableCommand.Type] {
        Dictionary(
            command.configuration.subcommands.map {
                ($0.configuration.commandName ?? String(describing: $0).lowercased(), $0)
            }, uniquingKeysWith: { first, _ in first })
    }
}

enum Version {
    static let number = "0.1.0"
    static let text = "sessionctl \(number)"
}
