/// The implementations of one slot.
public struct PluginSlot<Factory: Sendable>: Sendable {
    public struct Plugin: Sendable {
        public let name: String
        /// What it is, in half a sentence.
        public let summary: String
        public let make: Factory
    }

    /// The slot's own name, which is also the name of its option.
    public let name: String
    /// In order of registration; the first is the default.
    public private(set) var plugins: [Plugin] = []

    init(_ name: String) { self.name = name }

    /// Adds an implementation under `name`, or replaces the one that has it.
    public mutating func register(_ name: String, _ summary: String, make: Factory) {
        let plugin = Plugin(name: name, summary: summary, make: make)
        if let position = plugins.firstIndex(where: { $0.name == name }) {
            plugins[position] = plugin
        } else {
            plugins.append(plugin)
        }
    }

    func plugin(named name: String) throws -> Plugin {
        guard let plugin = plugins.first(where: { $0.name == name }) else {
            let known = plugins.map(\.name).joined(separator: ", ")
            throw ControlError(.unknownPlugin, "there is no \(self.name) '\(name)'; there are: \(known)")
        }
        return plugin
    }
}
