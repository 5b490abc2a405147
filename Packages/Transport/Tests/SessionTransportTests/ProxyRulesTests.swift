import HTTPTypes
import SessionInterfaces
import Testing

@testable import SessionTransport

/// The variables of the environment as rules, and what the rules say about a request.
@Suite struct ProxyRulesTests {
    private func proxy(_ environment: [String: String], for url: (scheme: String, authority: String)) throws -> String?
    {
        let head = HTTPRequest(method: .get, scheme: url.scheme, authority: url.authority, path: "/")
        let request = try OutgoingRequest(TransportRequest(head, trust: .none))
        return try ProxyRules(environment: environment).proxy(for: request)?.description
    }

    private static let (one, two) = ("http://one:1", "socks5h://two:2")

    @Test(
        arguments: [
            ([:], nil, nil),
            (["ALL_PROXY": two], two, two), (["all_proxy": one, "ALL_PROXY": two], one, one),
            (["HTTPS_PROXY": one, "ALL_PROXY": two], one, two), (["https_proxy": one], one, nil),
            (["http_proxy": one, "ALL_PROXY": two], two, one), (["HTTP_PROXY": one], nil, nil),
            (["HTTPS_PROXY": "", "ALL_PROXY": two], two, two), (["ALL_PROXY": ""], nil, nil),
            (["ALL_PROXY": two, "NO_PROXY": "host"], nil, nil),
            (["ALL_PROXY": two, "NO_PROXY": "host", "no_proxy": "other"], two, two),
        ] as [([String: String], String?, String?)])
    func eachVariableHasItsPlace(environment: [String: String], https: String?, http: String?) throws {
        #expect(try proxy(environment, for: ("https", "host:443")) == https)
        #expect(try proxy(environment, for: ("HTTP", "host")) == http)
    }

    @Test(arguments: [
        ("ALL_PROXY", "me:hush@host"), ("all_proxy", "socks4://me:hush@host:1"), ("HTTPS_PROXY", "http://me:hush@host"),
        ("http_proxy", "socks5://me:hush@host:1"), ("NO_PROXY", "a,me:hush"), ("no_proxy", "a 10.0.0.0/33"),
    ])
    func errorsNameTheVariableAndNotItsValue(name: String, value: String) throws {
        let error = #expect(throws: TransportError(.proxyFailed, "")) { try ProxyRules(environment: [name: value]) }
        let text = try #require(error).description
        #expect(text.contains(name) && !text.contains("hush"))
    }

    @Test(
        arguments: [
            ("*", "anything", true), ("", "anything", false), (" , ,", "anything", false),
            ("example.org", "example.org", true), ("example.org", "a.b.EXAMPLE.org:80", true),
            ("Example.org", "example.org.", true), (".example.org", "example.org", true),
            ("*.example.org", "a.example.org", true), ("example.org", "badexample.org", false),
            ("example.org", "example.org.evil", false), ("a, b\tc", "b", true), ("a,b", "c", false),
            ("192.0.2.1", "192.0.2.1:22", true), ("192.0.2.1", "192.0.2.11", false),
            ("0.2.1", "192.0.2.1", false), ("10.0.0.0/8", "10.200.3.4", true), ("10.0.0.0/8", "11.0.0.1", false),
            ("172.16.0.0/12", "172.31.255.255", true), ("172.16.0.0/12", "172.32.0.0", false),
            ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "name", false), ("192.0.2.1/32", "192.0.2.0", false),
            ("::1", "[::1]:80", true), ("[::1]", "[0:0::1]", true), ("fd00::/8", "[fd12::9]:1", true),
            ("fd00::/8", "[fe80::1]", false), ("::/0", "192.0.2.1", false),
        ])
    func exceptionsMeanNamesAndNetworks(text: String, authority: String, isException: Bool) throws {
        let head = HTTPRequest(method: .get, scheme: "https", authority: authority, path: "/")
        let request = try OutgoingRequest(TransportRequest(head, trust: .none))
        #expect(try ProxyExceptions(text).contain(request.host) == isException)
    }

    @Test(arguments: [
        "a,/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "name/8", "fd00::/129", "host:80", "http://host", "[a]", ".",
        "ü",
    ])
    func exceptionsThatMeanNothingAreRefused(text: String) {
        #expect(throws: TransportError(.proxyFailed, "")) { try ProxyExceptions(text) }
    }
}
