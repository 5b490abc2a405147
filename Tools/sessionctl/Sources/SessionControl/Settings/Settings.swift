import Configuration
import FoundationEssentials
import SessionInterfaces
import SessionTransport
import SystemPackage

/// What a command works with, and where each choice came from: an option, else the environment, else the configuration
/// file, else the default.
struct Settings: Sendable {
    let dataDirectory: Setting<String>
    let account: Setting<String>?
    let network: Setting<String>
    let storage: Setting<String>
    let secret: SecretFiles
    let transport: Setting<String>
    /// What carries the connections, if anything does.
    let proxies: Setting<ProxyRules>
    let path: Setting<String>
    let names: Setting<String>
    /// Time for the whole command.
    let timeout: Setting<Duration>

    init(_ options: GlobalOptions, catalog: PluginCatalog) async throws {
        let sources = try await SettingSources()
        func choice(_ key: String, _ option: String?, default fallback: String) throws -> Setting<String> {
            try sources.value(of: key, option: option) ?? Setting(value: fallback, origin: .default)
        }
        func plugin(_ option: String?, _ slot: PluginSlot<some Sendable>) throws -> Setting<String> {
            let setting = try choice(slot.name, option, default: slot.plugins.first?.name ?? "")
            _ = try slot.plugin(named: setting.value)
            return setting
        }
        dataDirectory = try choice("data-dir", options.dataDir, default: Directories.data)
        account = try sources.value(of: "account", option: options.account)
        network = try choice("network", options.network, default: Network.mainnet.name)
        storage = try plugin(options.storage, catalog.storage)
        secret = SecretFiles(
            passphrase: try sources.value(of: "passphrase-file", option: options.passphraseFile)?.value,
            key: try sources.value(of: "key-file", option: options.keyFile)?.value)
        transport = try plugin(options.transport, catalog.transport)
        proxies = try Self.proxies(sources.value(of: "proxy", option: options.proxy))
        path = try plugin(options.path, catalog.path)
        names = try plugin(nil, catalog.names)
        timeout = try Self.seconds(choice("timeout", options.timeout, default: "60"))
    }

    /// One proxy for everything, else what the usual variables of the environment ask for.
    private static func proxies(_ setting: Setting<String>?) throws -> Setting<ProxyRules> {
        do {
            guard let setting else {
                let environment = ProcessInfo.processInfo.environment
                return Setting(value: try ProxyRules(environment: environment), origin: .environment)
            }
            return Setting(value: ProxyRules(all: try ProxyAddress(setting.value)), origin: setting.origin)
        } catch {
            throw ControlError(.invalidSetting, "proxy: \(error.message)")
        }
    }

    /// Node lists and guards that belong to no account. Whoever moves the data moves them too.
    var cacheDirectory: String {
        dataDirectory.origin == .default ? Directories.cache : dataDirectory.value + "/cache"
    }

    private static func seconds(_ setting: Setting<String>) throws -> Setting<Duration> {
        guard let seconds = Double(setting.value), seconds > 0, seconds <= 86_400 else {
            throw ControlError(
                .invalidSetting,
                "timeout is a number of seconds up to 86400, not '\(setting.value)' (\(setting.origin))")
        }
        return Setting(value: .seconds(seconds), origin: setting.origin)
    }
}

/// A value and where it came from.
struct Setting<Value: Sendable>: Sendable {
    var value: Value
    var origin: SettingOrigin
}

enum SettingOrigin: String, Encodable, Sendable, CustomStringConvertible {
    case option
    case environment
    case configurationFile = "configuration file"
    case `default`

    var description: String { rawValue }
}

/// The environment and the configuration file.
private struct SettingSources {
    private let environment: ConfigReader
    private let file: ConfigReader

    init() async throws {
        environment = ConfigReader(provider: EnvironmentVariablesProvider()).scoped(to: "sessionctl")
        let path = Directories.configuration + "/config.json"
        do {
            let provider = try await FileProvider<JSONSnapshot>(filePath: FilePath(path), allowMissing: true)
            file = ConfigReader(provider: provider)
        } catch {
            throw ControlError(
                .invalidSetting, "the configuration file \(path) is not a JSON object", underlying: error)
        }
    }

    /// The first source that names `key`; `data-dir` is `SESSIONCTL_DATA_DIR` in the environment.
    func value(of key: String, option: String?) throws -> Setting<String>? {
        if let option { return Setting(value: option, origin: .option) }
        let key = ConfigKey([key])
        if let value = environment.string(forKey: key), !value.isEmpty {
            return Setting(value: value, origin: .environment)
        }
        if let value = file.string(forKey: key) {
            return Setting(value: value, origin: .configurationFile)
        }
        return nil
    }
}
