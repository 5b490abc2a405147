import SessionInterfaces
import SessionNameService
import Testing

@Suite struct AddressTests {
    static let standard =
        "L5dkQUgpdssQubjyfnkLTh9fHx2ScppAQ71Kv3jdn7rL5wBvMZ4GQWxQEH9QPcn8bLgEebMZqSeZF8pppfi2FGWbTPeQFoL"
    static let lokinet = "7okic5x5do3uh3usttnqz9ek3uuoemdrwzto1hciwim9f947or6y"

    @Test(arguments: OxenNetwork.allCases, OxenAddress.Kind.allCases)
    func everyNetworkAndKind(network: OxenNetwork, kind: OxenAddress.Kind) throws {
        let known = try OxenAddress(Self.standard, network: .mainnet)
        let paymentID = [UInt8](repeating: 7, count: kind == .integrated ? 8 : 0)
        let address = try OxenAddress(
            network: network, kind: kind, spendKey: known.spendKey, viewKey: known.viewKey, paymentID: paymentID)
        #expect(try OxenAddress(address.description, network: network) == address)
    }

    @Test func otherNetworksAreNamed() {
        let error = #expect(throws: OxenError.self) { try OxenAddress(Self.standard, network: .testnet) }
        #expect(error?.code == .invalidAddress)
        #expect(error?.message.contains("mainnet") == true)
    }

    @Test func everyMistypedCharacterIsNoticed() {
        for position in Self.standard.indices {
            var text = Self.standard
            text.replaceSubrange(position...position, with: text[position] == "2" ? "3" : "2")
            #expect(throws: OxenError(.invalidAddress, "")) { try OxenAddress(text, network: .mainnet) }
        }
    }

    @Test(arguments: [
        "", " ", "L", String(repeating: "1", count: 95), String(repeating: "z", count: 1_000_000), "ü", "\0",
    ])
    func survivesAnything(text: String) {
        #expect(throws: OxenError(.invalidAddress, "")) { try OxenAddress(text, network: .mainnet) }
        #expect(throws: OxenError(.invalidAddress, "")) { try LokinetAddress(text) }
    }

    @Test(arguments: OxenAddress.Kind.allCases, [0, 7, 8, 9])
    func paymentIDsBelongToIntegratedAddresses(kind: OxenAddress.Kind, count: Int) throws {
        let known = try OxenAddress(Self.standard, network: .mainnet)
        let address = try? OxenAddress(
            network: .mainnet, kind: kind, spendKey: known.spendKey, viewKey: known.viewKey,
            paymentID: [UInt8](repeating: 0, count: count))
        #expect((address != nil) == (count == (kind == .integrated ? 8 : 0)))
    }

    @Test(arguments: ["..", ".", "a..", "-", "a b."])
    func subdomainsAreLabels(prefix: String) {
        #expect(throws: OxenError(.invalidAddress, "")) { try LokinetAddress("\(prefix)\(Self.lokinet).loki") }
    }

    @Test(arguments: [
        "127.0.0.1:22023", "http://127.0.0.1:22023/", "https://daemon.example", "HTTP://[::1]:22023", "wallet:1",
    ])
    func endpoints(text: String) throws {
        let endpoint = try RPCEndpoint(text)
        #expect(["http", "https"].contains(endpoint.scheme))
        #expect(!endpoint.authority.contains("/"))
    }

    @Test(arguments: [
        "", "http://", "ftp://host", "http://user:password@host", "host/path", "http://host name", "host\r\nX: y", "//",
        String(repeating: "a", count: 5000),
    ])
    func wrongEndpoints(text: String) {
        #expect(throws: OxenError(.invalidEndpoint, "")) { try RPCEndpoint(text) }
    }
}
