import ArgumentParser
import Glibc

/// The command-line tool as a library: whoever has implementations of their own adds them to the catalog and starts the
/// tool from a small executable.
///
/// ```swift
/// import SessionControl
///
/// await SessionControl.main(catalog: .standard.adding { $0.storage.register("mine", "my own store", make: openMine) })
/// ```
public enum SessionControl {
    /// What the running command may choose from.
    @TaskLocal static var catalog = PluginCatalog.standard

    /// Runs the command line of this process and ends it with the exit status of the README's table.
    public static func main(catalog: PluginCatalog = .standard) async -> Never {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let status = await run(arguments, catalog: catalog)
        exit(status.rawValue)
    }

    /// Runs one command line and returns its exit status.
    public static func run(_ arguments: [String], catalog: PluginCatalog = .standard) async -> ExitStatus {
        await $catalog.withValue(catalog) {
            let arguments = GlobalOptions.afterCommand(arguments)
            do {
                try await Interruption.watch {
                    var command = try RootCommand.parseAsRoot(arguments)
                    if var command = command as? any AsyncParsableCommand {
                        try await command.run()
                    } else {
                        try command.run()
                    }
                }
                return .success
            } catch {
                return ErrorReport.print(error, arguments: arguments)
            }
        }
    }
}
