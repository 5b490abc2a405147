import SessionCrypto
import SessionInterfaces
import SessionMessages
import SwiftProtobuf
import Testing

/// What old clients sent: read as values, and refused as payloads.
@Suite struct LegacyPayloadTests {
    private func read(_ build: (inout SessionProtos_Content) -> Void) throws -> LegacyPayload {
        let content = try MessageContent(serialized: SessionProtos_Content.with(build).serializedBytes())
        #expect(throws: MessagesError(.ignoredPayload, "")) { try content.payload() }
        return try #require(content.legacyPayload)
    }

    @Test func closedGroups() throws {
        let payload = try read {
            $0.dataMessage.closedGroupControlMessage = .with {
                $0.type = .new
                $0.publicKey = .init([1, 2])
                $0.name = "G"
                $0.encryptionKeyPair = .with { ($0.publicKey, $0.privateKey) = (.init([3]), .init([4])) }
                $0.members = [.init([5])]
                $0.admins = [.init([6])]
                $0.expirationTimer = 7
            }
        }
        guard case .closedGroupControl(let control) = payload,
            case .new(let key, let name, let pair, let timer) = control.change
        else { return #expect(Bool(false), "\(payload)") }
        #expect(key == [1, 2] && name == "G" && timer == .seconds(7))
        #expect(pair?.publicKey == [3] && pair?.privateKey.count == 1)
        #expect(control.members == [[5]] && control.administrators == [[6]])
    }

    @Test func configurations() throws {
        let payload = try read {
            $0.configurationMessage.displayName = "Alice"
            $0.configurationMessage.openGroups = ["https://x.org/r"]
            $0.configurationMessage.contacts = [
                .with { ($0.publicKey, $0.name, $0.isApproved) = (.init([9]), "Bob", true) }
            ]
            $0.configurationMessage.closedGroups = [.with { ($0.name, $0.members) = ("G", [.init([5])]) }]
        }
        guard case .configuration(let configuration) = payload else { return #expect(Bool(false), "\(payload)") }
        #expect(configuration.displayName == "Alice" && configuration.communities == ["https://x.org/r"])
        #expect(configuration.contacts.map(\.name) == ["Bob"] && configuration.contacts.allSatisfy(\.isApproved))
        #expect(configuration.closedGroups.map(\.members) == [[[5]]])
    }

    @Test(arguments: [
        (SessionProtos_SharedConfigMessage.Kind.userProfile, Namespace.userProfile), (.contacts, .contacts),
        (.convoInfoVolatile, .conversationVolatile), (.userGroups, .userGroups),
    ])
    func sharedConfigs(kind: SessionProtos_SharedConfigMessage.Kind, namespace: Namespace) throws {
        let payload = try read {
            $0.sharedConfigMessage = .with { ($0.kind, $0.seqno, $0.data) = (kind, 5, .init([1])) }
        }
        guard case .sharedConfig(let config) = payload else { return #expect(Bool(false), "\(payload)") }
        #expect(config.namespace == namespace && config.sequenceNumber == 5 && config.data == [1])
    }

    @Test func updatesOfSeveralKindsAreRefusedByName() throws {
        var protobuf = SessionProtos_Content()
        protobuf.dataMessage.groupUpdateMessage.memberLeftMessage = .init()
        protobuf.dataMessage.groupUpdateMessage.inviteResponse.isApproved = true
        let content = try MessageContent(serialized: protobuf.serializedBytes())
        let error = try #require(throws: MessagesError.self) { try content.payload() }
        #expect(error.code == .invalidPayload)
        #expect(error.message.contains("memberLeftMessage, inviteResponse"))
    }
}
