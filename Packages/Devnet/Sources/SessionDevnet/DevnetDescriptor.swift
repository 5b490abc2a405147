import FoundationEssentials
public import SessionInterfaces

/// What a client has to know to use a network: the content of a network file such as `devnet.json`.
///
/// ```json
/// {"name":"devnet","seeds":[{"url":"http://127.0.0.1:22000"}],
///  "rules":{"minimum_pool_size":4,"minimum_swarm_size":1,"separates_subnets":false,"path_count":2},
///  "nodes":[{"ed25519":"…","ip":"127.0.0.1","https_port":22001,"omq_port":0,"swarm":"2aaaaaaaaaaaaaaa"}]}
/// ```
///
/// A network that runs here also has `"control":{"url":"http://127.0.0.1:22000","token":"…"}`, by which
/// `DevnetControl` steers it. Members of `rules` may be left out and are then those of `Network.Rules.local`; `nodes` is for people to read.
public struct DevnetDescriptor: Codable, Hashable, Sendable {
    public var name: String
    public var seeds: [Seed]
    public var rules: Rules?
    public var nodes: [Node]?
    /// How to steer the network. It holds a secret: a file with it is for its owner alone.
    public var control: Control?

    public struct Control: Codable, Hashable, Sendable {
        /// `http`, host and port.
        public var url: String
        /// Goes with every request.
        public var token: String

        public init(url: String, token: String) {
            self.url = url
            self.token = token
        }
    }

    public struct Seed: Codable, Hashable, Sendable {
        /// `http` or `https`, host and port, without a path.
        public var url: String

        public init(url: String) { self.url = url }
    }

    public struct Rules: Codable, Hashable, Sendable {
        public var minimumPoolSize: Int?
        public var minimumSwarmSize: Int?
        public var separatesSubnets: Bool?
        public var pathCount: Int?

        private enum CodingKeys: String, CodingKey {
            case minimumPoolSize = "minimum_pool_size"
            case minimumSwarmSize = "minimum_swarm_size"
            case separatesSubnets = "separates_subnets"
            case pathCount = "path_count"
        }
    }

    public struct Node: Codable, Hashable, Sendable {
        /// The node's key, 64 hexadecimal digits.
        public var ed25519: String
        public var ip: String
        public var httpsPort: UInt16
        public var omqPort: UInt16
        /// The ID of the node's swarm, hexadecimal.
        public var swarm: String

        private enum CodingKeys: String, CodingKey {
            case ed25519, ip, swarm
            case httpsPort = "https_port"
            case omqPort = "omq_port"
        }
    }

    public init(_ network: Network, nodes: [ServiceNode], control: Control? = nil) {
        self.control = control
        name = network.name
        seeds = network.seeds.map { Seed(url: $0.origin) }
        rules = Rules(
            minimumPoolSize: network.rules.minimumPoolSize, minimumSwarmSize: network.rules.minimumSwarmSize,
            separatesSubnets: network.rules.separatesSubnets, pathCount: network.rules.pathCount)
        self.nodes = nodes.map {
            Node(
                ed25519: $0.ed25519Key.hex, ip: $0.address.description, httpsPort: $0.httpsPort, omqPort: $0.omqPort,
                swarm: $0.swarmID.hex)
        }
    }

    /// Reads the content of a network file.
    /// - Throws: `DevnetError(.invalidDescriptor)` naming the member at fault.
    public init(decoding bytes: [UInt8]) throws(DevnetError) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch {
            throw DevnetError(.invalidDescriptor, Self.complaint(about: error), underlying: error)
        }
        _ = try network
    }

    /// The content of a network file.
    public func encoded() throws(DevnetError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(self))
        } catch {
            throw DevnetError(.failed, "the descriptor cannot be written", underlying: error)
        }
    }
}

extension DevnetDescriptor {
    /// The network for a client.
    /// - Throws: `DevnetError(.invalidDescriptor)` naming the member at fault.
    public var network: Network {
        get throws(DevnetError) {
            guard !name.isEmpty else { throw DevnetError(.invalidDescriptor, "name is empty") }
            guard !seeds.isEmpty else { throw DevnetError(.invalidDescriptor, "seeds is empty") }
            var origins: [Network.Seed] = []
            for (position, seed) in seeds.enumerated() {
                origins.append(try Self.seed(seed.url, at: "seeds[\(position)].url"))
            }
            return Network(name: name, seeds: origins, rules: try validRules)
        }
    }

    private var validRules: Network.Rules {
        get throws(DevnetError) {
            let local = Network.Rules.local
            return Network.Rules(
                minimumPoolSize: try Self.count(rules?.minimumPoolSize ?? local.minimumPoolSize, "minimum_pool_size"),
                minimumSwarmSize: try Self.count(
                    rules?.minimumSwarmSize ?? local.minimumSwarmSize, "minimum_swarm_size"),
                separatesSubnets: rules?.separatesSubnets ?? local.separatesSubnets,
                pathCount: try Self.count(rules?.pathCount ?? local.pathCount, "path_count"))
        }
    }

    private static func count(_ value: Int, _ name: String) throws(DevnetError) -> Int {
        guard value >= 1 else { throw DevnetError(.invalidDescriptor, "rules.\(name) is less than 1") }
        return value
    }

    /// Whoever answers over plain HTTP proves nothing; over HTTPS it has to be the host that the URL names.
    private static func seed(_ url: String, at field: String) throws(DevnetError) -> Network.Seed {
        let parts = url.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let scheme = RoutedServer.Scheme(rawValue: String(parts[0])) else {
            throw DevnetError(.invalidDescriptor, "\(field) is no http or https URL")
        }
        let authority = parts[1]
        guard !authority.isEmpty, authority.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
            !authority.contains(where: { "/?#@\\".contains($0) })
        else {
            throw DevnetError(.invalidDescriptor, "\(field) is not just a host and a port")
        }
        return Network.Seed(origin: url, trust: scheme == .http ? .none : .publicAuthorities)
    }

    private static func complaint(about error: any Error) -> String {
        func name(_ path: [any CodingKey]) -> String {
            path.reduce(into: "") { text, key in
                if let index = key.intValue {
                    text += "[\(index)]"
                } else {
                    text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
                }
            }
        }
        return switch error as? DecodingError {
        case .keyNotFound(let key, let context)?: "\(name(context.codingPath + [key])) is missing"
        case .valueNotFound(_, let context)?: "\(name(context.codingPath)) is null"
        case .typeMismatch(_, let context)? where !context.codingPath.isEmpty:
            "\(name(context.codingPath)) has the wrong type"
        case .dataCorrupted(let context)? where !context.codingPath.isEmpty:
            "\(name(context.codingPath)) has a wrong value"
        default: "the network file is no JSON object"
        }
    }
}
