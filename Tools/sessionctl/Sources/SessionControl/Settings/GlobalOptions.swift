import ArgumentParser

/// The options that every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Directory of accounts and messages.", valueName: "dir"), completion: .directory)
    var dataDir: String?

    @Option(help: ArgumentHelp("Label or ID of the account to use.", valueName: "account"))
    var account: String?

    @Option(help: ArgumentHelp("mainnet, testnet, or the file of a local network.", valueName: "network"))
    var network: String?

    @Option(
        help: ArgumentHelp("Where a new account keeps its data; 'sessionctl plugins' lists names.", valueName: "name"))
    var storage: String?

    @Option(
        help: ArgumentHelp("File with the passphrase of sealed data; '-' is standard input.", valueName: "file"),
        completion: .file())
    var passphraseFile: String?

    @Option(help: ArgumentHelp("Key file of sealed data.", valueName: "file"), completion: .file())
    var keyFile: String?

    @Option(help: ArgumentHelp("How bytes travel.", valueName: "name"))
    var transport: String?

    @Option(
        help: ArgumentHelp(
            "Proxy for every connection, socks5h://host:port or http://host:port (default: what ALL_PROXY and its kin "
                + "say). Credentials belong in the environment.", valueName: "address"))
    var proxy: String?

    @Option(help: ArgumentHelp("How requests reach service nodes.", valueName: "name"))
    var path: String?

    @Option(help: ArgumentHelp("Seconds until a command gives up (default: 60).", valueName: "seconds"))
    var timeout: String?

    @Flag(help: "Print one JSON object a line.")
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing but results and errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say on stderr what happens.")
    var verbose = false

    var console: Console { Console(isJSON: json, isQuiet: quiet, isVerbose: verbose && !quiet) }
}

extension GlobalOptions {
    /// Options that are followed by a value.
    private static let valued: Set<String> = [
        "--data-dir", "--account", "--network", "--storage", "--transport", "--proxy", "--path", "--timeout",
        "--passphrase-file", "--key-file",
    ]

    /// `arguments` with options that stand before the command moved behind it, where the parser looks for them.
    static func afterCommand(_ arguments: [String]) -> [String] {
        var rest = arguments[...]
        var options: [String] = []
        while let option = rest.first, option.hasPrefix("-"), !["-h", "--help", "--version", "--"].contains(option) {
            options.append(rest.removeFirst())
            if valued.contains(option), let value = rest.popFirst() { options.append(value) }
        }
        let command = RootCommand.path(in: Array(rest))
        return command + options + rest.dropFirst(command.count)
    }
}
