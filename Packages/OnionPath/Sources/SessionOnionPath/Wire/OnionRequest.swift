public import SessionCrypto
public import SessionInterfaces

/// A request wrapped in one layer for its destination and one for every hop. Follows protocol document 02, section 2.3.
///
/// Building draws from the random source in a fixed order: for the destination, then for each hop from the last to the
/// guard, an ephemeral secret (32 bytes) and then a nonce. The control parts have their members in alphabetical order
/// and no spaces, as the reference library writes them.
public struct OnionRequest: Sendable {
    /// Path of a server's entry point for onion requests of version 4.
    public static let serverTarget = serverTarget(for: .v4)

    /// Path of a server's entry point for onion requests.
    public static func serverTarget(for form: RoutedServer.RequestForm) -> String { "/oxen/\(form.rawValue)/lsrpc" }

    /// What to POST to the guard.
    public let body: [UInt8]
    /// Reads the answer to this request, and to no other.
    public let reader: OnionReplyReader

    /// - Parameters:
    ///   - payload: A storage RPC document for a service node; for a server the bytes of a `ServerRequestV4` or,
    ///     where it wants that, a `ServerRequestV3`.
    ///   - hops: The path, guard first; one node or more.
    ///   - requestedTarget: Path at a server; nil for the one that belongs to the server's form of requests.
    /// - Throws: `.invalidRequest` when there is no hop, a key is unusable, a node would refuse to deliver to the server,
    ///   or the result is larger than a guard takes.
    public init(
        _ payload: [UInt8], to destination: Destination, through hops: [ServiceNode],
        target requestedTarget: String? = nil, encryption: HopEncryption = .xchacha20,
        random: any RandomSource
    ) throws(OnionError) {
        guard !hops.isEmpty else { throw OnionError(.invalidRequest, "an onion request needs at least one hop") }
        guard payload.count <= OnionEntry.maximumBodySize else { throw Self.tooLarge }
        var target = Self.serverTarget
        if case .server(let server) = destination {
            target = requestedTarget ?? Self.serverTarget(for: server.form)
            guard ServerDelivery(to: server, target: target).isAllowed else {
                throw OnionError(.invalidRequest, "no node delivers to this host and target")
            }
        }
        let ephemeral = X25519KeyPair.ephemeral(from: random)
        var wrapping: Wrapping
        do {
            wrapping = try Wrapping(payload, to: destination, target: target, encryption, ephemeral, random)
            for hop in hops.reversed() { try wrapping.wrap(for: hop, random) }
        } catch {
            throw OnionError(.invalidRequest, "the key of a hop or of the destination is unusable", underlying: error)
        }
        body = wrapping.body
        guard body.count <= OnionEntry.maximumBodySize else { throw Self.tooLarge }
        reader = OnionReplyReader(destination: destination, ephemeralKeys: ephemeral, encryption: encryption)
    }

    private static var tooLarge: OnionError {
        OnionError(.invalidRequest, "the onion request is larger than \(OnionEntry.maximumBodySize) bytes")
    }
}

/// The request from the inside out: a ciphertext, and what its receiver has to be told to reach or open it.
private struct Wrapping {
    private var blob: [UInt8]
    /// Who gets `blob`: members of the control part beside the seal.
    private var route: [(name: String, value: String)]
    private var seal: HopSeal

    init(
        _ payload: [UInt8], to destination: Destination, target: String, _ encryption: HopEncryption,
        _ ephemeral: X25519KeyPair, _ random: any RandomSource
    ) throws {
        seal = HopSeal(ephemeralKey: ephemeral.publicKey, encryption: encryption)
        switch destination {
        case .serviceNode(let node):
            let plaintext = OnionEnvelope(blob: payload, control: Array(#"{"headers":""}"#.utf8)).encoded()
            blob = try encryption.seal(plaintext, from: ephemeral, to: node.x25519Key, random: random)
            route = Self.route(to: node)
        case .server(let server):
            blob = try encryption.seal(payload, from: ephemeral, to: server.x25519Key, random: random)
            route = [
                ("host", JSONText.quoted(server.host)), ("method", #""POST""#), ("port", String(server.port)),
                ("protocol", JSONText.quoted(server.scheme.rawValue)), ("target", JSONText.quoted(target)),
            ]
        }
    }

    mutating func wrap(for hop: ServiceNode, _ random: any RandomSource) throws {
        let layer = OnionEnvelope(blob: blob, control: control).encoded()
        let ephemeral = X25519KeyPair.ephemeral(from: random)
        blob = try seal.encryption.seal(layer, from: ephemeral, to: hop.x25519Key, random: random)
        seal = HopSeal(ephemeralKey: ephemeral.publicKey, encryption: seal.encryption)
        route = Self.route(to: hop)
    }

    /// Its receiver is known by being addressed, so that only the seal remains to be said.
    var body: [UInt8] { OnionEntry(seal: seal, ciphertext: blob).encoded() }

    private var control: [UInt8] {
        Array(JSONText.object((route + seal.members).sorted { $0.name < $1.name }).utf8)
    }

    private static func route(to node: ServiceNode) -> [(name: String, value: String)] {
        [("destination", JSONText.quoted(node.ed25519Key.hex))]
    }
}
