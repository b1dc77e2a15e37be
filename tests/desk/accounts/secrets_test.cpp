// Credentials at rest: sealed, bound to their account, whole after every crash, and in no answer.
#include <openssl/evp.h>

#include "desk/accounts/company_json.h"
#include "desk/vault/vault.h"
#include "ledger/core/encoding.h"
#include "systems.h"

namespace refledger::accounts {
namespace {

using test::MemoryStore;

std::vector<std::string> forms_of(const std::string& secret) {
  const ByteView bytes = bytes_of(secret);
  return {secret, to_hex(bytes), to_base64(bytes), to_base64url(bytes)};
}

bool holds(MemoryStore& store, const std::string& secret) {
  for (const auto& [space, content] : store.content()) {
    for (const auto& [key, value] : content) {
      for (const std::string& form : forms_of(secret)) {
        if (key.find(form) != std::string::npos) return true;
        if (text_of(value).find(form) != std::string_view::npos) return true;
      }
    }
  }
  return false;
}

vault::ItemId item_of(const vault::Vault& vault, const char* kind, const char* name) {
  return **vault.find(kind, name);
}

std::string key_of(const vault::ItemId& id) { return std::string(text_of(id.view())); }

TEST_F(AccountsTest, TheStoreShowsNeitherSecretNorIdNorAddress) {
  ASSERT_TRUE(add(staff()));
  ASSERT_TRUE(accounts.change("hr", new_secret(), Care::untested));
  for (const char* text : {kOldSecret, kNewSecret, "papi-client-9c2e", "staff.example"}) {
    EXPECT_FALSE(holds(store, text)) << text;
  }
}

// Another implementation of the documented form: AES-256-GCM, bound to item and kind.
TEST_F(AccountsTest, CredentialsAreSealedByAesGcmAsDocumented) {
  ASSERT_TRUE(add(staff()));
  const vault::ItemId id = item_of(vault, "credentials", "hr");
  const std::string hex = to_hex(id.view());
  const Bytes record =
      *master.open(store.content()["key"][key_of(id)], "refledger-vault-key-v1 " + hex);
  const Bytes sealed = store.content()["item"][key_of(id)];
  const std::string aad = "refledger-vault-item-v1 " + hex + " credentials";
  Bytes plain(sealed.size() - 28);
  Bytes tag(sealed.end() - 16, sealed.end());
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  int length = 0;
  EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nullptr, record.data(), sealed.data());
  EVP_DecryptUpdate(context, nullptr, &length, bytes_of(aad).data(), static_cast<int>(aad.size()));
  EVP_DecryptUpdate(context, plain.data(), &length, sealed.data() + 12,
                    static_cast<int>(plain.size()));
  EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, 16, tag.data());
  EXPECT_EQ(EVP_DecryptFinal_ex(context, plain.data(), &length), 1);
  EVP_CIPHER_CTX_free(context);
  EXPECT_NE(text_of(plain).find(kOldSecret), std::string_view::npos);
}

struct SwapTest : AccountsTest {
  SwapTest() {
    EXPECT_TRUE(add(staff("one")));
    systems()[kStaffUrl].good_secret = kNewSecret;
    EXPECT_TRUE(add(staff("two", kNewSecret)));
    one = item_of(vault, "credentials", "one");
    two = item_of(vault, "credentials", "two");
  }
  void expect_refused() {
    for (const char* name : {"one", "two"}) {
      EXPECT_EQ(accounts.find(name).error().fault, Fault::refused);
      EXPECT_EQ(accounts.open(name).error().fault, Fault::refused);
      EXPECT_EQ(accounts.test(name).error().fault, Fault::refused);
    }
    EXPECT_FALSE(accounts.list());
  }
  vault::ItemId one;
  vault::ItemId two;
};

TEST_F(SwapTest, SwappedItemsAreRefused) {
  auto& items = store.content()["item"];
  std::swap(items[key_of(one)], items[key_of(two)]);
  expect_refused();
}

TEST_F(SwapTest, ItemsThatAreSwappedWithTheirKeysAreRefused) {
  for (const char* space : {"item", "key"}) {
    auto& stored = store.content()[space];
    std::swap(stored[key_of(one)], stored[key_of(two)]);
  }
  expect_refused();
}

TEST_F(SwapTest, AnIndexThatIsBentToTheOtherAccountIsRefused) {
  auto& index = store.content()["index"];
  for (auto& [tag, id] : index) {
    if (id == copy_of(one.view())) {
      id = copy_of(two.view());
    } else if (id == copy_of(two.view())) {
      id = copy_of(one.view());
    }
  }
  expect_refused();
}

// Somebody who may write through the vault, say by a tool of their own.
TEST_F(SwapTest, ContentThatWasWrittenForTheOtherAccountIsRefused) {
  const Bytes first = *vault.get(one, "credentials");
  const Bytes second = *vault.get(two, "credentials");
  ASSERT_TRUE(vault.replace(one, "credentials", second));
  ASSERT_TRUE(vault.replace(two, "credentials", first));
  EXPECT_EQ(accounts.find("one").error().detail,
            "the credentials of one belong to another account");
  expect_refused();
}

// The secret that the account sends now.
std::string secret_in_use(Accounts& accounts) {
  std::vector<std::string>& seen = systems()[kStaffUrl].secrets_seen;
  seen.clear();
  EXPECT_TRUE(accounts.test("hr"));
  return seen.empty() ? "" : seen.back();
}

TEST_F(AccountsTest, AfterAnyWriteThatFailsThereAreTheOldCredentialsOrTheNew) {
  for (const auto loss : {MemoryStore::Loss::lost, MemoryStore::Loss::kept}) {
    systems()[kStaffUrl].good_secret = kOldSecret;
    MemoryStore failing(vault::kSpaces);
    vault::Vault one(failing, master, random);
    Accounts before(one, made_up_kinds(), outside);
    ASSERT_TRUE(before.add(staff(), Care::tested)->stored);
    systems()[kStaffUrl].good_secret = kNewSecret;
    failing.fail_write(0, loss);
    EXPECT_EQ(before.change("hr", new_secret(), Care::tested).error().fault, Fault::storage);
    ASSERT_TRUE(failing.stopped());
    failing.reopen();
    vault::Vault again(failing, master, random);
    Accounts after(again, made_up_kinds(), outside);
    EXPECT_TRUE(after.find("hr")->active());
    EXPECT_EQ(secret_in_use(after), loss == MemoryStore::Loss::lost ? kOldSecret : kNewSecret);
    EXPECT_EQ(after.find("hr")->last4, loss == MemoryStore::Loss::lost ? "7f3a" : "9c2e");
  }
}

TEST_F(AccountsTest, AReplacementIsOneWrite) {
  ASSERT_TRUE(add(staff()));
  systems()[kStaffUrl].good_secret = kNewSecret;
  const std::size_t before = store.writes();
  ASSERT_TRUE(accounts.change("hr", new_secret(), Care::tested)->stored);
  EXPECT_EQ(store.writes(), before + 1);
}

TEST_F(AccountsTest, AddingThatWasInterruptedLeavesNoSecretWithoutItsAccountAndCanBeEnded) {
  for (const auto loss : {MemoryStore::Loss::lost, MemoryStore::Loss::kept}) {
    for (std::size_t nth = 0; nth < 2; ++nth) {
      MemoryStore failing(vault::kSpaces);
      vault::Vault one(failing, master, random);
      Accounts before(one, made_up_kinds(), outside);
      failing.fail_write(nth, loss);
      EXPECT_FALSE(before.add(staff(), Care::tested));
      failing.reopen();
      vault::Vault again(failing, master, random);
      Accounts after(again, made_up_kinds(), outside);
      const Result<Account> account = after.find("hr");
      if (!account) {
        EXPECT_TRUE(again.list("credentials")->empty());
        EXPECT_TRUE(after.add(staff(), Care::tested)->stored);
      } else if (!account->active()) {
        EXPECT_EQ(account->set_at, std::nullopt);
        EXPECT_EQ(after.open("hr").error().fault, Fault::not_found);
        const Change given{{}, {}, {}, staff().connection.credentials};
        EXPECT_TRUE(after.change("hr", given, Care::tested)->stored);
      }
      EXPECT_TRUE(after.find("hr")->active()) << nth;
    }
  }
}

TEST_F(AccountsTest, RemovingThatWasInterruptedLeavesNoSecretWithoutItsAccountAndCanBeEnded) {
  for (const auto loss : {MemoryStore::Loss::lost, MemoryStore::Loss::kept}) {
    for (std::size_t nth = 0; nth < 2; ++nth) {
      MemoryStore failing(vault::kSpaces);
      vault::Vault one(failing, master, random);
      Accounts before(one, made_up_kinds(), outside);
      ASSERT_TRUE(before.add(staff(), Care::tested)->stored);
      failing.fail_write(nth, loss);
      EXPECT_FALSE(before.remove("hr"));
      failing.reopen();
      vault::Vault again(failing, master, random);
      Accounts after(again, made_up_kinds(), outside);
      if (after.find("hr")) {
        EXPECT_TRUE(after.remove("hr"));
      }
      EXPECT_TRUE(failing.content()["item"].empty()) << nth;
    }
  }
}

TEST_F(AccountsTest, NoErrorRepeatsACredential) {
  for (const char* text : {"{\"client_id\":\"canary-1\",\"client_secret\":\"canary-2\",}",
                           "{\"client_id\":\"canary-1\",\"client_secret\":7}",
                           "{\"client_id\":\"canary-1\",\"client_secret\":\"canary\\n2\"}",
                           "{\"token\":\"canary-1\",\"client_id\":\"canary-2\"}", "canary-1",
                           "[\"canary-1\"]", "{\"token\":\"\"}", "{\"canary\":\"canary-2\"}"}) {
    const Result<Credentials> none = credentials_from_json(text);
    ASSERT_FALSE(none) << text;
    EXPECT_EQ(none.error().detail.find("canary"), std::string::npos) << none.error().detail;
  }
  EXPECT_EQ(credentials_from_json("{\"token\":\"abc\"}")->secret, "abc");
  EXPECT_EQ(credentials_from_json("{\"client_id\":\"i\",\"client_secret\":\"s\"}")->id, "i");
}

TEST(LastFour, OfALongIdAlone) {
  EXPECT_EQ(last4_of("papi-client-7f3a"), "7f3a");
  EXPECT_EQ(last4_of("12345678"), "5678");
  EXPECT_EQ(last4_of("1234567"), "");
  EXPECT_EQ(last4_of(""), "");
}

TEST(StoredForms, AreReadBackAsWrittenAndInNoOtherForm) {
  const UtcMillis at{std::chrono::milliseconds{1'790'000'000'123}};
  const StoredAccount account{"hr", "personio", {{"country", "dynamic_2"}}, Failing{at, "why"}};
  const std::string text = *to_text(account);
  EXPECT_EQ(*to_text(*stored_account_from(text)), text);
  const StoredConnection connection{
      "hr", {"https://x.example", Api::v2, "/ca.pem", {"id", "secret"}}, at, Passed{at, "v2"}};
  const std::string sealed = *to_text(connection);
  EXPECT_EQ(*to_text(*stored_connection_from(sealed)), sealed);
  for (const std::string& each : {text, sealed}) {
    for (std::size_t length = 0; length < each.size(); ++length) {
      EXPECT_FALSE(stored_account_from(each.substr(0, length)));
      EXPECT_FALSE(stored_connection_from(each.substr(0, length)));
    }
  }
  EXPECT_FALSE(stored_account_from(sealed));
  EXPECT_FALSE(stored_connection_from(text));
}

// What an installation has stored stays readable.
TEST(StoredForms, AreThoseOfTheVectors) {
  const std::string account = test::vector_file("accounts/account.json");
  EXPECT_EQ(*to_text(*stored_account_from(account)), account);
  const std::string sealed = test::vector_file("accounts/account-credentials.json");
  EXPECT_EQ(*to_text(*stored_connection_from(sealed)), sealed);
  const std::string company = test::vector_file("accounts/account-company.json");
  EXPECT_EQ(*company_text(*company_from(company)), company);
}

}  // namespace
}  // namespace refledger::accounts
