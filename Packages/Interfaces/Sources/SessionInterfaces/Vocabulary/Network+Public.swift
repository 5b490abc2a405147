extension Network {
    /// The live network. The seeds' certificates are their own; what counts is the pinned public key.
    public static let mainnet = Network(
        name: "mainnet",
        seeds: [
            pinned("https://seed1.getsession.org:4443", "mlYTXvkmIEYcpswANTpnBwlz9Cswi0py/RQKkbdQOZQ="),
            pinned("https://seed2.getsession.org:4443", "ZuUxe4wopBR83Yy5fePPNX0c00BnkQCu/49oapFpB0k="),
            pinned("https://seed3.getsession.org:4443", "4xe+8k1NjxerVTjUsWlZJNKt3PA7Y31pUls2tHYippA="),
        ],
        rules: .standard)

    /// The public test network. Its seed speaks plain HTTP.
    public static let testnet = Network(
        name: "testnet",
        seeds: [Seed(origin: "http://seed2.getsession.org:38157", trust: .none)],
        rules: Rules(minimumPoolSize: 12, minimumSwarmSize: 3, separatesSubnets: false, pathCount: 2))

    private static func pinned(_ origin: String, _ digest: String) -> Seed {
        // A digest that does not decode would leave no pin at all, and with it a seed that nothing can satisfy.
        let pins = Base64.decode(digest).flatMap { Bytes32($0) }.map { [$0] } ?? []
        return Seed(origin: origin, trust: .pinnedPublicKeys(pins))
    }
}
