import Glibc
import SessionInterfaces
import SessionTransport
import Testing

@Suite struct ProxyTests {
    @Test(arguments: [
        ("socks5h://127.0.0.1:9050", "socks5h://127.0.0.1:9050"), ("HTTP://[::1]:80/", "http://[::1]:80"),
        ("http://me:hush%40@proxy.example:3128", "http://proxy.example:3128"),
    ])
    func addressesAreReadAndShownWithoutCredentials(text: String, shown: String) throws {
        let address = try ProxyAddress(text)
        #expect(address.description == shown)
        var dumped = ""
        dump(address, to: &dumped)
        #expect(!dumped.contains("hush") && !String(reflecting: address).contains("hush"))
    }

    @Test(arguments: [
        "", "127.0.0.1:9050", "socks5://127.0.0.1:9050", "ftp://a:1", "http://a", "http://a:0", "http://a:65536",
        "http://:80", "http://a b:80", "http://a:80/path", "http://u@v@a:80", "http://u\n@a:80",
    ])
    func badAddressesAreRefused(text: String) {
        #expect(throws: TransportError(.proxyFailed, "")) { try ProxyAddress(text) }
    }

    /// A SOCKS proxy that lets everyone in and plays the destination itself.
    private func socksProxy(reply: UInt8, _ destination: Record<[UInt8]>) throws -> ScriptedServer {
        try ScriptedServer { connection, _ in
            guard let greeting = connection.read(2), connection.read(Int(greeting[1])) != nil else { return }
            connection.write([5, 0])
            guard let head = connection.read(5), let rest = connection.read(Int(head[4]) + 2) else { return }
            destination.append(head + rest)
            connection.write([5, reply, 0, 1, 0, 0, 0, 0, 0, 0])
            while connection.readRequest() != nil {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nsocks")
            }
        }
    }

    @Test func socksProxiesGetTheNameUnresolved() async throws {
        let destination = Record<[UInt8]>()
        let proxy = try socksProxy(reply: 0, destination)
        let transport = try CurlTransport(.init(proxy: ProxyAddress("socks5h://\(proxy.authority)")))
        #expect(try await transport.send(plain("name.invalid:8080")).text == "socks")
        let name = Array("name.invalid".utf8)
        #expect(destination.all == [[5, 1, 0, 3, UInt8(name.count)] + name + [0x1f, 0x90]])
    }

    /// A SOCKS proxy that asks for user name and password (RFC 1929) and answers them with `status`.
    private func guardedProxy(status: UInt8, _ credentials: Record<String>) throws -> ScriptedServer {
        try ScriptedServer { connection, _ in
            guard let greeting = connection.read(2), let methods = connection.read(Int(greeting[1])) else { return }
            guard methods.contains(2) else { return }
            connection.write([5, 2])
            for skipped in [1, 0] {
                guard connection.read(skipped) != nil, let size = connection.read(1)?.first,
                    let text = connection.read(Int(size))
                else { return }
                credentials.append(String(decoding: text, as: UTF8.self))
            }
            connection.write([1, status])
            guard status == 0, let head = connection.read(5), connection.read(Int(head[4]) + 2) != nil else { return }
            connection.write([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        }
    }

    @Test func socksProxiesGetTheirCredentials() async throws {
        let credentials = Record<String>()
        let proxy = try guardedProxy(status: 0, credentials)
        let transport = try CurlTransport(.init(proxy: ProxyAddress("socks5h://me:hush%40@\(proxy.authority)")))
        #expect(try await transport.send(plain("name.invalid")).text == "ok")
        #expect(credentials.all == ["me", "hush@"])
    }

    @Test func refusedCredentialsStayOutOfTheError() async throws {
        let socks = try guardedProxy(status: 1, Record())
        let http = try httpProxy(status: "407 Proxy Authentication Required", Record())
        for address in ["socks5h://me:hush@\(socks.authority)", "http://me:hush@\(http.authority)"] {
            let transport = try CurlTransport(.init(proxy: ProxyAddress(address)))
            let error = await #expect(throws: TransportError(.proxyFailed, "")) {
                try await transport.send(plain("name.invalid"))
            }
            let text = try String(reflecting: #require(error)) + String(describing: #require(error?.underlying))
            #expect(!text.contains("hush"))
        }
    }

    @Test func exceptionsAreReachedDirectly() async throws {
        let server = try ScriptedServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        var configuration = CurlTransport.Configuration()
        configuration.proxies = try ProxyRules(
            all: ProxyAddress("socks5h://127.0.0.1:1"), except: ProxyExceptions("127.0.0.0/8"))
        let transport = try CurlTransport(configuration)
        #expect(try await transport.send(plain(server.authority)).text == "ok")
        #expect(try await errorCode { try await transport.send(plain("name.invalid")) } == .proxyFailed)
    }

    @Test(
        arguments: [
            (1, .proxyFailed), (2, .proxyFailed), (3, .unreachable), (4, .unreachable), (5, .unreachable),
            (6, .unreachable), (8, .proxyFailed),
        ] as [(UInt8, TransportError.Code)])
    func socksRepliesTellProxyFromHost(reply: UInt8, code: TransportError.Code) async throws {
        let proxy = try socksProxy(reply: reply, Record())
        let transport = try CurlTransport(.init(proxy: ProxyAddress("socks5h://\(proxy.authority)")))
        #expect(try await errorCode { try await transport.send(plain("name.invalid")) } == code)
    }

    /// An HTTP proxy that records what it was asked and plays the destination itself.
    private func httpProxy(status: String, _ asked: Record<ReceivedRequest>) throws -> ScriptedServer {
        try ScriptedServer { connection, _ in
            guard let tunnel = connection.readRequest() else { return }
            asked.append(tunnel)
            connection.write("HTTP/1.1 \(status)\r\nX-Proxy: yes\r\n\r\n")
            guard let request = connection.readRequest() else { return }
            asked.append(request)
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhttp")
        }
    }

    @Test func httpProxiesAreTunnelledWithCredentialsOfTheirOwn() async throws {
        let asked = Record<ReceivedRequest>()
        let proxy = try httpProxy(status: "200 Connected", asked)
        let transport = try CurlTransport(.init(proxy: ProxyAddress("http://me:hush%40@\(proxy.authority)")))
        let response = try await transport.send(plain("name.invalid:8080", path: "/x"))
        #expect(response.text == "http")
        #expect(response.head.headerFields.count == 1, "only the destination's fields")
        let requests = asked.all
        #expect(requests.map(\.line) == ["CONNECT name.invalid:8080 HTTP/1.1", "GET /x HTTP/1.1"])
        #expect(requests.first?["proxy-authorization"] == "Basic " + Base64.encode("me:hush@".utf8))
        #expect(requests.last?["proxy-authorization"] == nil)
    }

    @Test(
        arguments: [
            ("302 Found", .proxyFailed), ("403 Forbidden", .proxyFailed),
            ("407 Proxy Authentication Required", .proxyFailed),
            ("502 Bad Gateway", .unreachable), ("504 Gateway Timeout", .unreachable),
        ] as [(String, TransportError.Code)])
    func tunnelStatusTellsProxyFromHost(status: String, code: TransportError.Code) async throws {
        let proxy = try httpProxy(status: status, Record())
        let transport = try CurlTransport(.init(proxy: ProxyAddress("http://\(proxy.authority)")))
        #expect(try await errorCode { try await transport.send(plain("name.invalid")) } == code)
    }

    /// Once the tunnel stands, what breaks is the host.
    @Test func aHostThatBreaksBehindATunnelIsInterrupted() async throws {
        let proxy = try ScriptedServer { connection, _ in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 Connected\r\n\r\n")
            _ = connection.readRequest()
        }
        let transport = try CurlTransport(.init(proxy: ProxyAddress("http://\(proxy.authority)")))
        #expect(try await errorCode { try await transport.send(plain("name.invalid")) } == .interrupted)
    }

    @Test(arguments: ["http", "socks5h"])
    func aProxyThatIsNotThereIsTheProxysFailure(scheme: String) async throws {
        let transport = try CurlTransport(.init(proxy: ProxyAddress("\(scheme)://127.0.0.1:1")))
        #expect(try await errorCode { try await transport.send(plain("name.invalid")) } == .proxyFailed)
    }

    /// In a process of its own, since the environment belongs to all tests.
    @Test func theEnvironmentHasNoSay() async {
        await #expect(processExitsWith: .success) {
            for name in ["http_proxy", "all_proxy", "ALL_PROXY"] { setenv(name, "http://127.0.0.1:1", 1) }
            let server = try ScriptedServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            let answer = try await CurlTransport().send(plain(server.authority))
            guard answer.text == "ok" else { exit(1) }
        }
    }
}
