import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct BlindingTests {
    private let random = SeededRandom(seed: 15)
    private let server: X25519PublicKey

    init() throws {
        server = try #require(
            X25519PublicKey(hex: "abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789"))
    }

    @Test func knownAnswer() throws {
        let account = try AccountID("05fe94b7ad4b7f1cc1bb92671f1f0d243f226e115b33770465e82b503fc3e96e1f")
        let pair = try Ed25519KeyPair(
            seed: secret("fecd9a6034bc9aba273925dee7062b123334587c3c6257341afae2d7fe85e122"))
        let ids = [
            "15b74ed205f1f931e1bb1291183778a9456b835937d923b0f2e248aa3a44c07844",
            "15b74ed205f1f931e1bb1291183778a9456b835937d923b0f2e248aa3a44c078c4",
        ]
        #expect(try Blinding.blinded15.ids(of: account, at: server).map(\.hex) == ids)
        #expect(BlindedKeyPair(.blinded15, of: pair, at: server).id.hex == ids[0])
        let other = "253b991dcbba44cfdb45d5b38880d95cff723309e3ece6fd01415ad5fa1dccc7ac"
        #expect(try Blinding.blinded25.ids(of: account, at: server).map(\.hex) == [other])
        #expect(BlindedKeyPair(.blinded25, of: pair, at: server).id.hex == other)
    }

    @Test(arguments: Blinding.allCases)
    func ownIDIsAmongThoseThatOthersCompute(kind: Blinding) throws {
        for _ in 0..<20 {
            let account = AccountKeys.generate(from: random)
            let blinded = BlindedKeyPair(kind, of: account.ed25519, at: server)
            #expect(blinded.id.prefix == kind.prefix)
            #expect(Blinding(of: blinded.id) == kind)
            #expect(try Blinding.matches(blinded.id, account.accountID, at: server))
            let stranger = AccountKeys.generate(from: random)
            #expect(try !Blinding.matches(blinded.id, stranger.accountID, at: server))
            let elsewhere = X25519KeyPair.generate(from: random).publicKey
            #expect(try !Blinding.matches(blinded.id, account.accountID, at: elsewhere))
        }
    }

    @Test(arguments: Blinding.allCases)
    func signaturesArePlainOnes(kind: Blinding) {
        for count in [0, 1, 200] {
            let pair = BlindedKeyPair(kind, of: .generate(from: random), at: server)
            let message = random.bytes(count)
            let signature = pair.sign(message)
            #expect(signature == pair.sign(message))
            #expect(Ed25519.verify(signature, of: message, by: pair.publicKey))
            #expect(!Ed25519.verify(signature, of: message + [0], by: pair.publicKey))
        }
    }

    @Test(arguments: Blinding.allCases, AccountID.Prefix.allCases)
    func onlyAccountsAreBlinded(kind: Blinding, prefix: AccountID.Prefix) throws {
        guard prefix != .standard else { return }
        let id = AccountID(prefix: prefix, key: AccountKeys.generate(from: random).accountID.key)
        #expect(throws: CryptoError(.invalidArgument, "")) { try kind.ids(of: id, at: server) }
        if Blinding(of: id) == nil {
            #expect(throws: CryptoError(.invalidArgument, "")) {
                try Blinding.matches(id, AccountKeys.generate(from: random).accountID, at: server)
            }
        }
    }

    @Test(arguments: lowOrderPoints, Blinding.allCases)
    func lowOrderPointsAreNotBlinded(hex: String, kind: Blinding) throws {
        let account = AccountID(standard: try #require(X25519PublicKey(hex: hex)))
        #expect(throws: CryptoError(.badPublicKey, "")) { try kind.ids(of: account, at: server) }
    }

    @Test func versionChecksHaveAKeyOfTheirOwn() {
        let account = AccountKeys.generate(from: random)
        let pair = VersionCheck.keyPair(of: account.ed25519)
        #expect(pair.publicKey != account.ed25519.publicKey)
        #expect(VersionCheck.id(of: pair).hex.hasPrefix("07"))
        let signature = VersionCheck.sign(
            "GET", "/session_version?platform=desktop", at: Timestamp(milliseconds: 1_234_567_890_999), by: pair)
        let signed = Array("1234567890GET/session_version?platform=desktop".utf8)
        #expect(Ed25519.verify(signature, of: signed, by: pair.publicKey))
    }
}
