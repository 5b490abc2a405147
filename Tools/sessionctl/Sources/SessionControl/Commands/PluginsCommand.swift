import ArgumentParser

struct PluginsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugins", abstract: "List the implementations of each slot, and which are in use.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let place = try await Workplace(options)
        let settings = place.settings
        try report(place.catalog.transport, settings.transport, place.console)
        try report(place.catalog.path, settings.path, place.console)
        try report(place.catalog.storage, settings.storage, place.console)
        try report(place.catalog.names, settings.names, place.console)
    }

    private func report<Factory>(
        _ slot: PluginSlot<Factory>, _ setting: Setting<String>, _ console: Console
    ) throws {
        for plugin in slot.plugins {
            let isInUse = plugin.name == setting.value
            try console.print(
                PluginReport(
                    slot: slot.name, name: plugin.name, summary: plugin.summary, inUse: isInUse,
                    origin: isInUse ? setting.origin : nil))
        }
    }
}

struct PluginReport: Report {
    var schema = JSONText.schema
    var slot: String
    var name: String
    var summary: String
    var inUse: Bool
    /// Where the choice came from; nil when not in use.
    var origin: SettingOrigin?

    var text: String {
        let mark = inUse ? "*" : " "
        let source = origin.map { "  [\($0)]" } ?? ""
        return "\(mark) \(pad(slot, 10)) \(pad(name, 8)) \(summary)\(source)"
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
